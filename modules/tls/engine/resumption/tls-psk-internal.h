// Look-ups in a table of pre-shared keys, for other rooms of the engine. `psks` may be NULL for none.

#ifndef TLS_PSK_INTERNAL_H
#define TLS_PSK_INTERNAL_H

#include "tls-psk.h"

enum { TLS_PSK_HASH = 32 };

// Copies the key of an identity, and where the table does not have the identity a random one; `key_length` is 1 to
// TLS_PSK_MOST_KEY. `*number` is what stands for identity and key, 0 for a random key. False when PSA failed or the
// identity is too long.
bool xstls_psks_find_key(const xstls_psks *psks, const uint8_t *identity, size_t length, uint8_t key[TLS_PSK_MOST_KEY],
                         size_t *key_length, uint32_t *number);

// A session by a pre-shared key may be resumed as long as its identity has that key. The two are named by a number,
// which is never 0 nor given twice, and by a token, which is the same after a restart.
// False when there is no such number any more.
bool xstls_psks_get_token(const xstls_psks *psks, uint32_t number, uint8_t token[TLS_PSK_HASH]);
// The identity, in place; NULL when there is none.
const uint8_t *xstls_psks_get_name(const xstls_psks *psks, uint32_t number, size_t *length);
// 0 when there is none.
uint32_t xstls_psks_get_number(const xstls_psks *psks, const uint8_t token[TLS_PSK_HASH]);

#endif
