// X25519 (RFC 7748, section 5) without mbedTLS: no secret decides a branch or an address.

#ifndef TLS_X25519_H
#define TLS_X25519_H

#include <stdbool.h>
#include <stdint.h>

enum { XSTLS_X25519_LENGTH = 32 };

// `out` is the product of `scalar`, whose bits are as decodeScalar25519 leaves them, and the point at `u`; `random` are
// 32 bytes that hide what the processor works on. All are little-endian. False when the product is the point at
// infinity, as of each point of small order (section 6.1).
bool xstls_x25519(uint8_t out[XSTLS_X25519_LENGTH], const uint8_t scalar[XSTLS_X25519_LENGTH],
                  const uint8_t u[XSTLS_X25519_LENGTH], const uint8_t random[XSTLS_X25519_LENGTH]);

// The same at the base point, u = 9, in half the time.
bool xstls_x25519_base(uint8_t out[XSTLS_X25519_LENGTH], const uint8_t scalar[XSTLS_X25519_LENGTH],
                       const uint8_t random[XSTLS_X25519_LENGTH]);

#endif
