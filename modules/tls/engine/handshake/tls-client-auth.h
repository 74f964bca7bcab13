// A server's demand for a client certificate (row A5).
//
// mbedTLS would refuse a missing one with the alert 41 of SSL 3, and there is no way between its decision and its
// alert. So over TLS 1.3 it is told that certificates are optional, and what REQUIRED means is seen to here, before the
// handshake goes a step further. When it is over, this looks once more that nobody has come by another way.

#ifndef TLS_CLIENT_AUTH_H
#define TLS_CLIENT_AUTH_H

#include "session/tls-engine-private.h"

// In mbedTLS's certificate callback, when the version is known.
void tls_client_auth_begin(tls_session *session);
// After a step that went well: 0, or the mbedTLS error that the session has to end with.
int tls_client_auth_judge(tls_session *session, bool was_at_client_certificate);

#endif
