// The hint of a TLS 1.2 server which of a client's pre-shared keys it wants (RFC 4279 §5.2).
//
// mbedTLS supports it in neither role. A server sends it here with suites of a pre-shared key alone: with ECDHE the
// message is mbedTLS's.

#ifndef TLS_PSK_HINT_H
#define TLS_PSK_HINT_H

#include "tls-handshake-state.h"

// Client, after the step of ServerKeyExchange.
void xstls_psk_hint_read(xstls_handshake *handshake);
// Server, before each step: 0 or an mbedTLS error.
int xstls_psk_hint_write(xstls_handshake *handshake);

#endif
