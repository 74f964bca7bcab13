// Which of a configuration's identities a client is offered, and which sessions.

#ifndef TLS_SELECTION_H
#define TLS_SELECTION_H

#include <stdbool.h>

#include "mbedtls/ssl.h"

struct tls_session;

// mbedTLS's certificate callback: gives the handshake those identities that its client can verify.
int tls_selection_give_identities(mbedtls_ssl_context *ssl);
// Whether a session of that version and suite may be resumed by its ticket: the configuration allows the suite, the
// client offers it, and mbedTLS will come to no other.
bool tls_selection_may_resume(const struct tls_session *session, uint16_t version, int suite);

#endif
