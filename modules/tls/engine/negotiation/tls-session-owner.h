// Whose a server's session is, as its tickets and its cache say it.

#ifndef TLS_SESSION_OWNER_H
#define TLS_SESSION_OWNER_H

#include "resumption/tls-tickets.h"
#include "tls-handshake-state.h"

// What a session of this handshake is bound to: the configuration and the name that was asked for. False when PSA
// failed.
bool xstls_session_binding(const xstls_state *state, uint8_t binding[TLS_BINDING]);
// All that a ticket says of it. False when PSA failed, or the pre-shared key is not there any more.
bool xstls_session_owner(const xstls_handshake *handshake, xstls_ticket_owner *owner);

#endif
