// Which of a configuration's identities a client is offered, and which sessions.

#ifndef TLS_SELECTION_H
#define TLS_SELECTION_H

#include <stdbool.h>

#include "mbedtls/ssl.h"

struct tls_session;

// mbedTLS's certificate callback: gives the handshake those identities that its client can verify.
int tls_selection_give_identities(mbedtls_ssl_context *ssl);
// Whether a server's configuration allows the suite of a session, and its client offers it now.
bool tls_selection_may_resume(const struct tls_session *session, int suite);

#endif
