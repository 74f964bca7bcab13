// What comes in records other than plaintext once the handshake is over: alerts, and the few handshake messages that
// are still allowed.

#ifndef TLS_POST_HANDSHAKE_H
#define TLS_POST_HANDSHAKE_H

#include "session/tls-engine-private.h"

// Both may change the session's state; TLS_E_NONE, or why there is no going on.
tls_error tls_post_handshake_alert(tls_session *session, const tls_opened *opened);
tls_error tls_post_handshake_messages(tls_session *session, const tls_opened *opened);
// Before application data is sent: a KeyUpdate, when the peer has asked for one or the key has done enough. False when
// memory is short.
bool tls_post_handshake_update(tls_session *session);

#endif
