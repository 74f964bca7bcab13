// Records after the handshake that are not application data: alerts, and the few handshake messages that are still
// allowed (RFC 8446 §4.6).

#ifndef TLS_POST_HANDSHAKE_H
#define TLS_POST_HANDSHAKE_H

#include "state/tls-state.h"

// Both may change the phase. TLS_E_NONE, or the error to end the session with.
xstls_error xstls_post_handshake_alert(xstls_state *state, const xstls_opened *opened);
xstls_error xstls_post_handshake_messages(xstls_state *state, const xstls_opened *opened);
// Before application data is sent: sends a KeyUpdate where the peer has asked for one or the key has encrypted as many
// records as it may. False when memory is short.
bool xstls_post_handshake_update(xstls_state *state);

#endif
