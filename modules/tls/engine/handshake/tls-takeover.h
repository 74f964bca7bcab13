// From the handshake to what comes after it: mbedTLS makes the one, and is freed before the other.

#ifndef TLS_TAKEOVER_H
#define TLS_TAKEOVER_H

#include "session/tls-engine-private.h"

// Once mbedTLS is set up: its secrets are to be told. False when memory is short.
bool tls_takeover_prepare(tls_session *session);
// When the handshake is over: the session is open and mbedTLS is gone. 0, or an mbedTLS error and nothing has changed.
int tls_takeover(tls_session *session);
void tls_agreed_clear(tls_agreed *agreed);

#endif
