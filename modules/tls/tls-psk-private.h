// What the configuration and mbedTLS's callback ask of the table.

#ifndef TLS_PSK_PRIVATE_H
#define TLS_PSK_PRIVATE_H

#include "mbedtls/ssl.h"

#include "tls-psk.h"

enum { TLS_PSK_HASH = 32 };

// mbedTLS's callback; `config` is the tls_config.
int tls_psks_give_key(void *config, mbedtls_ssl_context *ssl, const unsigned char *identity, size_t length);
// Changes `binding` by all that is in the table.
void tls_psks_bind(const tls_psks *psks, uint8_t binding[TLS_PSK_HASH]);

#endif
