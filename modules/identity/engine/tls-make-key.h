// Private keys that the device makes for itself (row Z5).

#ifndef TLS_MAKE_KEY_H
#define TLS_MAKE_KEY_H

#include "port/tls-error.h"
#include "tls-make-types.h"

// A new P-256 key from PSA's randomness, as PKCS #8.
xstls_error xstls_make_key(xstls_output *output);

#endif
