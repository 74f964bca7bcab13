// Pre-shared keys of a server: identity to key, changed while connections come and go (row C4).

#ifndef TLS_PSK_H
#define TLS_PSK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"

enum {
	TLS_PSK_MOST_KEY = 32,       // bytes
	TLS_PSK_MOST_IDENTITY = 128, // bytes; a ticket is longer, so that neither is taken for the other
};

typedef struct xstls_psks xstls_psks;

// An empty table with one reference, owned by the caller; NULL when memory or randomness is short.
xstls_psks *xstls_psks_new(void);
xstls_psks *xstls_psks_retain(xstls_psks *psks);
void xstls_psks_release(xstls_psks *psks);

// Sets the key of an identity, which may have one already. ARGUMENT unless the key is 1 to 32 bytes and the identity 1
// to 128. Established sessions of the identity continue; those by its former key are not resumed any more.
xstls_error xstls_psks_add(xstls_psks *psks, const uint8_t *identity, size_t identity_length, const uint8_t *key,
                           size_t key_length);
// False when there was no such identity.
bool xstls_psks_revoke(xstls_psks *psks, const uint8_t *identity, size_t identity_length);
size_t xstls_psks_count(const xstls_psks *psks);

#endif
