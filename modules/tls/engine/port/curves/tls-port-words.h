// The words that fiat-crypto's arithmetic was generated for, here: as long as the processor's products allow.

#ifndef TLS_PORT_WORDS_H
#define TLS_PORT_WORDS_H

#include <stdint.h>

#if UINTPTR_MAX > 0xffffffff
typedef uint64_t xstls_word;
typedef unsigned __int128 xstls_wide;
#define XSTLS_WORDS(a, b, c, d)                                                                                        \
	{                                                                                                                  \
		a, b, c, d                                                                                                     \
	}
#else
typedef uint32_t xstls_word;
typedef uint64_t xstls_wide;
#define XSTLS_HALVES(a) (uint32_t)(a), (uint32_t)((a) >> 32)
#define XSTLS_WORDS(a, b, c, d)                                                                                        \
	{                                                                                                                  \
		XSTLS_HALVES(a), XSTLS_HALVES(b), XSTLS_HALVES(c), XSTLS_HALVES(d)                                             \
	}
#endif

enum { XSTLS_WORD_BITS = 8 * sizeof(xstls_word), XSTLS_WORDS_OF_256 = 32 / sizeof(xstls_word) };

#endif
