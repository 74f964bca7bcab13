// A server's request for a client certificate (row A5).
//
// Where mbedTLS requires one over TLS 1.3 and none comes, it ends the handshake with an alert of SSL 3 (41), and
// nothing can be done between its decision and its alert. So over TLS 1.3 it is told that certificates are optional,
// and the requirement is enforced here, before the next step. When the handshake is over, the client is judged once
// more, whichever way the handshake has taken.

#ifndef TLS_CLIENT_AUTH_H
#define TLS_CLIENT_AUTH_H

#include "tls-handshake-state.h"

// In mbedTLS's certificate callback, when the version is known.
void xstls_client_auth_begin(xstls_handshake *handshake);
// After a step that succeeded: 0, or the mbedTLS error that the session has to end with.
int xstls_client_auth_judge(xstls_handshake *handshake, bool was_at_client_certificate);

#endif
