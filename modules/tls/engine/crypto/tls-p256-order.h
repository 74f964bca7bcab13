// Scalars of P-256, which are modulo its order n. No secret decides a branch or an address.

#ifndef TLS_P256_ORDER_H
#define TLS_P256_ORDER_H

#include <stdint.h>

#include "port/curves/tls-port-words.h"

extern const xstls_word xstls_p256_order[XSTLS_WORDS_OF_256];

// Of a number from 1 to n - 1. Both are 32 bytes, little-endian, and may be the same.
void xstls_p256_invert_scalar(uint8_t out[32], const uint8_t in[32]);

#endif
