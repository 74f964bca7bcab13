// Constants of the field of Curve25519 in fiat-crypto's limbs, of 51 bits, or of 26 and 25 in turn, out of four words
// of 64 bits, the lowest first.

#ifndef TLS_PORT_LIMBS_H
#define TLS_PORT_LIMBS_H

#include <stdint.h>

#define XSTLS_BITS_OF(word, next, from, count)                                                                         \
	(((word) >> (from) | ((from) + (count) > 64 ? (next) << (64 - (from)) % 64 : 0)) & ((1ULL << (count)) - 1))
#if UINTPTR_MAX > 0xffffffff
#define XSTLS_25519_LIMBS_OF(a, b, c, d)                                                                               \
	{                                                                                                                  \
		XSTLS_BITS_OF(a, b, 0, 51), XSTLS_BITS_OF(a, b, 51, 51), XSTLS_BITS_OF(b, c, 38, 51),                          \
		    XSTLS_BITS_OF(c, d, 25, 51), XSTLS_BITS_OF(d, 0ULL, 12, 51)                                                \
	}
#else
#define XSTLS_25519_LIMBS_OF(a, b, c, d)                                                                               \
	{                                                                                                                  \
		XSTLS_BITS_OF(a, b, 0, 26), XSTLS_BITS_OF(a, b, 26, 25), XSTLS_BITS_OF(a, b, 51, 26),                          \
		    XSTLS_BITS_OF(b, c, 13, 25), XSTLS_BITS_OF(b, c, 38, 26), XSTLS_BITS_OF(c, d, 0, 25),                      \
		    XSTLS_BITS_OF(c, d, 25, 26), XSTLS_BITS_OF(c, d, 51, 25), XSTLS_BITS_OF(d, 0ULL, 12, 26),                  \
		    XSTLS_BITS_OF(d, 0ULL, 38, 25)                                                                             \
	}
#endif

#endif
