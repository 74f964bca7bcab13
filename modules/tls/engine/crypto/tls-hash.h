// SHA-256 of what comes in pieces.

#ifndef TLS_HASH_H
#define TLS_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct xstls_hash xstls_hash;

// NULL when there is no memory.
xstls_hash *xstls_hash_new(void);
void xstls_hash_free(xstls_hash *hash);

bool xstls_hash_update(xstls_hash *hash, const uint8_t *data, size_t length);

// The digest of TLS_DIGEST_SIZE bytes, once: after that, and after a failure, all fail.
bool xstls_hash_finish(xstls_hash *hash, uint8_t *digest);

#endif
