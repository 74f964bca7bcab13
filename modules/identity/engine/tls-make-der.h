// What certificates and requests have in common: the issuer's key, values of extensions, the output.

#ifndef TLS_MAKE_DER_H
#define TLS_MAKE_DER_H

#include "mbedtls/pk.h"

#include "port/tls-error.h"
#include "tls-make-types.h"

enum { TLS_MAKE_EXTENSION = 1024 }; // bytes of an extension's value, at most

// The error for a result of mbedTLS or PSA.
xstls_error xstls_make_error(int library);
// Parses a private key. KEY_INVALID or MEMORY.
xstls_error xstls_make_open_key(mbedtls_pk_context *key, xstls_bytes der);
// Writes an element with that tag and content to the end of `value`. Its length, or an mbedTLS error.
int xstls_make_element(uint8_t value[TLS_MAKE_EXTENSION], const uint8_t *bytes, size_t length, uint8_t tag);
// Ends an output that mbedTLS has written to the end of its buffer: `written` bytes, or an mbedTLS error.
xstls_error xstls_make_finish(xstls_output *output, int written);

#endif
