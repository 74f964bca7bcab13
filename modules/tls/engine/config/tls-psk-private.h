// What the configuration and mbedTLS's callback ask of the table.

#ifndef TLS_PSK_PRIVATE_H
#define TLS_PSK_PRIVATE_H

#include "mbedtls/ssl.h"

#include "tls-psk.h"

enum { TLS_PSK_HASH = 32 };

// mbedTLS's callback; `config` is the tls_config.
int tls_psks_give_key(void *config, mbedtls_ssl_context *ssl, const unsigned char *identity, size_t length);

// A session by a pre-shared key may be resumed as long as its identity has that key. What stands for the two: a number,
// which is never 0 nor given twice, and a token, which is the same after a restart. `psks` may be NULL.
// False when the number is that of nothing in the table any more.
bool tls_psks_get_token(const tls_psks *psks, uint32_t number, uint8_t token[TLS_PSK_HASH]);
// The identity, in place; NULL when there is none.
const uint8_t *tls_psks_get_name(const tls_psks *psks, uint32_t number, size_t *length);
// 0 when there is none.
uint32_t tls_psks_get_number(const tls_psks *psks, const uint8_t token[TLS_PSK_HASH]);

#endif
