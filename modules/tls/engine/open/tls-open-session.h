// A session whose handshake is over: its records are ours (tls-records.h).

#ifndef TLS_OPEN_SESSION_H
#define TLS_OPEN_SESSION_H

#include "session/tls-engine-private.h"

// As tls_session_feed, while the state is STATE_OPEN.
size_t tls_open_session_feed(tls_session *session, const uint8_t *ciphertext, size_t length);

#endif
