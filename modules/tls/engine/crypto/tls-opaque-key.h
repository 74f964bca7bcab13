// A private key that PSA holds (row B9): one that a secure element or a peripheral never gives away, or one in storage
// that may not be exported.

#ifndef TLS_OPAQUE_KEY_H
#define TLS_OPAQUE_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "mbedtls/pk.h"

#include "port/tls-error.h"

// The versions that the key has to sign for.
typedef struct {
	bool tls_1_2, tls_1_3;
} xstls_opaque_key_use;

// Makes `key` refer to the PSA key with that id, after it has signed once: that shows that it may sign, and that it
// belongs to `public_key`. KEY_NOT_FOUND, KEY_NOT_USABLE or KEY_MISMATCH; `*library` is the mbedTLS or PSA error behind
// it, and stays 0 where there was none. Freeing `key` does not destroy PSA's.
xstls_error xstls_opaque_key_open(mbedtls_pk_context *key, uint32_t id, const mbedtls_pk_context *public_key,
                                  xstls_opaque_key_use use, int *library);

#endif
