// The verification of the peer's chain within a handshake.

#ifndef TLS_VERIFY_H
#define TLS_VERIFY_H

#include "tls-handshake-state.h"

// Makes the handshake judge the peer's certificates by its configuration, and a client's also by the server's name.
// 0 or an mbedTLS error.
int xstls_verify_set_up(xstls_handshake *handshake);
// Client, before each step: the next one may be that of the server's Certificate.
void xstls_verify_before_step(xstls_handshake *handshake);

#endif
