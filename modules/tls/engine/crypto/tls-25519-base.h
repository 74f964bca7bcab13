// What a comb needs of the base point of Curve25519, as a point of edwards25519, to which the curve is birationally
// equivalent (RFC 7748, section 4.1).

#ifndef TLS_25519_BASE_H
#define TLS_25519_BASE_H

#include "port/curves/tls-port-words.h"

enum {
	XSTLS_25519_BASE_TEETH = 5,
	XSTLS_25519_BASE_SPACING = 51,
	XSTLS_25519_BASE_POINTS = 1 << (XSTLS_25519_BASE_TEETH - 1),
	XSTLS_25519_LIMBS = sizeof(xstls_word) == 8 ? 5 : 10,
};

// y + x, y - x and 2 d x y of each, in fiat-crypto's limbs.
extern const xstls_word xstls_25519_base[XSTLS_25519_BASE_POINTS][3][XSTLS_25519_LIMBS];

#endif
