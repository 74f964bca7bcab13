// The end of a handshake: the record layer is taken over from mbedTLS, which is freed.

#ifndef TLS_TAKEOVER_H
#define TLS_TAKEOVER_H

#include "negotiation/tls-handshake-state.h"

// Once mbedTLS is set up: lets it export its secrets. False when memory is short.
bool xstls_takeover_prepare(xstls_handshake *handshake);
// When the handshake is over: the session is open. 0, or an mbedTLS error and nothing has changed.
int xstls_takeover(xstls_handshake *handshake);

#endif
