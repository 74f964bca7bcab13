// The hint of a TLS 1.2 server which of a client's pre-shared keys it wants (RFC 4279 §5.2).
//
// mbedTLS passes over it in both roles. A server of ours sends it with suites of a pre-shared key alone: with ECDHE the
// message is mbedTLS's.

#ifndef TLS_PSK_HINT_H
#define TLS_PSK_HINT_H

#include "session/tls-engine-private.h"

// Of a client that has just read the server's key exchange.
void tls_psk_hint_read(tls_session *session);
// Before each step of a server: 0 or an mbedTLS error.
int tls_psk_hint_write(tls_session *session);

#endif
