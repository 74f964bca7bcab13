// The verification of a peer's chain within a handshake.

#ifndef TLS_VERIFY_H
#define TLS_VERIFY_H

#include "mbedtls/ssl.h"

#include "session/tls-engine-private.h"

// Makes the session judge the peer's certificates: by its configuration's trust, and a client by the server's name.
// 0 or an mbedTLS error.
int tls_verify_set_up(tls_session *session);

#endif
