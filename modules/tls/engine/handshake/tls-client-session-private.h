// What the engine tells of a client's handshake to what keeps its session.

#ifndef TLS_CLIENT_SESSION_PRIVATE_H
#define TLS_CLIENT_SESSION_PRIVATE_H

#include "session/tls-engine-private.h"

// For a server of that name, which may be NULL. NULL when memory is short.
tls_client *tls_client_new(const char *name);
void tls_client_free(tls_client *client);
// Before each step: the handshake may be about to verify the server's certificate.
void tls_client_session_verifying(tls_session *session);
// One certificate of the chain was verified.
void tls_client_session_verified(tls_session *session, const mbedtls_x509_crt *certificate);
// The handshake is over.
void tls_client_session_opened(tls_session *session);
// There is a session that was not there before.
void tls_client_session_renewed(tls_session *session);

#endif
