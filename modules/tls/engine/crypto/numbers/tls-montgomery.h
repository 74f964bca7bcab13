// Montgomery's product modulo any odd number: a * b / radix, where the radix has as many bits as the number's words. No
// number decides a branch or an address, nor how long it takes: only how many words there are.

#ifndef TLS_MONTGOMERY_H
#define TLS_MONTGOMERY_H

#include <stddef.h>

#include "port/curves/tls-port-words.h"

typedef struct {
	const xstls_word *n;
	size_t words;
	xstls_word factor; // -1 / n, modulo the radix of a word
	xstls_word *t;     // twice as many words: where a product is made
} xstls_montgomery;

xstls_montgomery xstls_montgomery_of(const xstls_word *n, size_t words, xstls_word *t);

// Each gives a number less than n for numbers less than n. `out` may be one of them.
void xstls_montgomery_multiply(xstls_word *out, const xstls_word *a, const xstls_word *b, const xstls_montgomery *m);
// In three quarters of the time.
void xstls_montgomery_square(xstls_word *out, const xstls_word *a, const xstls_montgomery *m);
// a / radix.
void xstls_montgomery_divide(xstls_word *out, const xstls_word *a, const xstls_montgomery *m);

#endif
