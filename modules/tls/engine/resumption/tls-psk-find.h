// The key of an identity that a client sends.

#ifndef TLS_PSK_FIND_H
#define TLS_PSK_FIND_H

#include "tls-psk.h"

// Copies the key of an identity, and where the table does not have the identity a random one; `key_length` is 1 to
// TLS_PSK_MOST_KEY. `*number` is what stands for identity and key, 0 for a random key. False when PSA failed or the
// identity is too long.
bool xstls_psks_find_key(const xstls_psks *psks, const uint8_t *identity, size_t length, uint8_t key[TLS_PSK_MOST_KEY],
                         size_t *key_length, uint32_t *number);

#endif
