// Multiples of the base point of P-256, in flash.

#ifndef TLS_P256_BASE_H
#define TLS_P256_BASE_H

#include "port/curves/tls-port-words.h"

enum {
	XSTLS_P256_BASE_TEETH = 6,
	XSTLS_P256_BASE_SPACING = 43,
	XSTLS_P256_BASE_POINTS = 1 << (XSTLS_P256_BASE_TEETH - 1)
};

extern const xstls_word xstls_p256_base[XSTLS_P256_BASE_POINTS][2][XSTLS_WORDS_OF_256];

#endif
