// What was negotiated.

#ifndef TLS_SESSION_DETAILS_H
#define TLS_SESSION_DETAILS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tls-session-types.h"

// Known once established, NULL or 0 before. The version is 0x0303 or 0x0304.
uint16_t xstls_session_version(const xstls_session *session);
// IANA name of the cipher suite, written to `name`; false when it does not fit or is not known.
bool xstls_session_cipher(const xstls_session *session, char *name, size_t capacity);
// Whether the handshake has resumed an earlier session (rows A4, B6).
bool xstls_session_is_resumed(const xstls_session *session);
// The name that the client asks for: a server has it from SNI, and it may be any bytes; NULL when there is none.
const uint8_t *xstls_session_asked_name(const xstls_session *session, size_t *length);
// Server: who the client is by its pre-shared key, as xstls_psks_add was told; NULL for a client without one, and once
// that key is revoked or changed.
const uint8_t *xstls_session_psk_identity(const xstls_session *session, size_t *length);
// Client: the psk_identity_hint of a TLS 1.2 server; NULL when there was none.
const char *xstls_session_psk_hint(const xstls_session *session);
const char *xstls_session_alpn(const xstls_session *session);

#endif
