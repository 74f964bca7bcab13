// Multiplication on P-256 (SP 800-186, section 3.2.1.3) without mbedTLS: no secret decides a branch or an address.
// Numbers are 32 bytes, little-endian; scalars are from 1 to n - 1, where n is the order of the curve.

#ifndef TLS_P256_H
#define TLS_P256_H

#include <stdbool.h>
#include <stdint.h>

enum { XSTLS_P256_LENGTH = 32 };

typedef struct {
	uint8_t x[XSTLS_P256_LENGTH], y[XSTLS_P256_LENGTH];
} xstls_p256_point;

// `random` are 32 bytes that hide what the processor works on. `point` is on the curve, NULL stands for the base point.
// False, in 2^-250 of all cases, when a sum on the way is one that the formulas do not have: then the product is to be
// had another way.
bool xstls_p256_multiply(xstls_p256_point *out, const uint8_t scalar[XSTLS_P256_LENGTH], const xstls_p256_point *point,
                         const uint8_t random[XSTLS_P256_LENGTH]);

// m P + n Q, of nothing secret. False as well when it is the point at infinity.
bool xstls_p256_multiply_add(xstls_p256_point *out, const uint8_t m[XSTLS_P256_LENGTH], const xstls_p256_point *p,
                             const uint8_t n[XSTLS_P256_LENGTH], const xstls_p256_point *q);

#endif
