// What mbedTLS asks a server in the course of a handshake: its identities, the key of a pre-shared key's identity, and
// the sessions that may be resumed.
//
// mbedTLS's callbacks for sessions do not say which connection asks. The handshake that mbedTLS was called for last is
// therefore noted in mbedTLS's configuration, as its user data.

#ifndef TLS_SERVER_CALLBACKS_H
#define TLS_SERVER_CALLBACKS_H

#include "negotiation/tls-handshake-state.h"

// When the handshake begins: mbedTLS's configuration gets the callbacks.
void xstls_server_callbacks_set_up(xstls_handshake *handshake);
// Before each call of mbedTLS that may call back.
void xstls_server_callbacks_serve(xstls_handshake *handshake);

#endif
