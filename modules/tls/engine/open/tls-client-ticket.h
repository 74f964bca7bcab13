// The tickets that a TLS 1.3 server gives after the handshake (RFC 8446 §4.6.1).

#ifndef TLS_CLIENT_TICKET_H
#define TLS_CLIENT_TICKET_H

#include "state/tls-state.h"

// Takes a NewSessionTicket, without its header, into the client's session. TLS_E_NONE, or the error to end the session
// with.
xstls_error xstls_client_ticket_take(xstls_state *state, const uint8_t *message, size_t length);

#endif
