// The tickets that a TLS 1.3 server gives after the handshake (RFC 8446 §4.6.1).

#ifndef TLS_CLIENT_TICKET_H
#define TLS_CLIENT_TICKET_H

#include "session/tls-engine-private.h"

// Bytes of the longest message whose ticket is kept, and of the longest ticket that is offered: longer ones would not
// leave room in a ClientHello, which mbedTLS makes in one piece, for what else is in it.
enum { TLS_CLIENT_TICKET_MOST = MBEDTLS_SSL_OUT_CONTENT_LEN - 1536 };

// Takes a NewSessionTicket, without its header, into the client's session. TLS_E_NONE, or why there is no going on.
tls_error tls_client_ticket_take(tls_session *session, const uint8_t *message, size_t length);

#endif
