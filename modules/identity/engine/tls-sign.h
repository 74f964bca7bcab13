// Signatures of JSON Web Signatures (RFC 7515) by a key that the device has made.

#ifndef TLS_SIGN_H
#define TLS_SIGN_H

#include "port/tls-error.h"
#include "tls-make-types.h"

enum { TLS_SIGNATURE = 64 }; // bytes of an ES256 signature

// ES256 (RFC 7518 §3.4): ECDSA on P-256 with SHA-256; r and s, each of 32 bytes, and not DER. KEY_INVALID for a key
// that xstls_make_key has not made.
xstls_error xstls_sign(xstls_bytes key, xstls_bytes message, xstls_output *output);

#endif
