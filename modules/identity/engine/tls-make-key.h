// Private keys that the device makes for itself (row Z5).

#ifndef TLS_MAKE_KEY_H
#define TLS_MAKE_KEY_H

#include "port/tls-error.h"
#include "tls-make-types.h"

enum { TLS_KEY_SCALAR = 32 }; // bytes of a P-256 key's private half

// A new P-256 key from PSA's randomness, as PKCS #8.
xstls_error xstls_make_key(xstls_output *output);
// Where such a key has its private half; NULL when it is another kind of key, or written another way.
const uint8_t *xstls_key_scalar(xstls_bytes key);

#endif
