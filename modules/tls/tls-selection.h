// Which of a configuration's identities a client is offered.

#ifndef TLS_SELECTION_H
#define TLS_SELECTION_H

#include "mbedtls/ssl.h"

// mbedTLS's certificate callback: gives the handshake those identities that its client can verify.
int tls_selection_give_identities(mbedtls_ssl_context *ssl);

#endif
