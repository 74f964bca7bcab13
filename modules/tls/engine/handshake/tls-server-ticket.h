// The ticket that a TLS 1.3 server gives when the handshake is over (RFC 8446 §4.6.1). mbedTLS's own has a nonce of 32
// bytes, and there are clients that read 8.

#ifndef TLS_SERVER_TICKET_H
#define TLS_SERVER_TICKET_H

#include "negotiation/tls-handshake-state.h"

// Writes one, where the client can use it. `session` is mbedTLS's of the handshake. Without memory there is none.
void xstls_server_ticket_write(xstls_handshake *handshake, mbedtls_ssl_session *session);

#endif
