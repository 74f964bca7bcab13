// The peer's certificates and what was found wrong with them (rows A5, B7, D5). All of it is known while the session is
// established.

#ifndef TLS_PEER_H
#define TLS_PEER_H

#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"
#include "tls-session-types.h"

// The chain that the peer sent, leaf first, DER one after the other: the bytes of it all, 0 when it sent none. It is
// written to `chain` when `capacity` is enough.
size_t xstls_session_peer_chain(const xstls_session *session, uint8_t *chain, size_t capacity);
// The certificate of that index in it, where it stands until the session is freed. Its length, 0 when there is none.
size_t xstls_session_peer_certificate(const xstls_session *session, size_t index, const uint8_t **der);
// TLS_E_NONE when the peer's certificate was verified, else what is wrong with it; CERTIFICATE_REQUIRED when it sent
// none.
xstls_error xstls_session_peer_verdict(const xstls_session *session);

#endif
