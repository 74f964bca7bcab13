#include "tls-montgomery.h"

#include "mbedtls/build_info.h"

#ifdef TLS_FIAT_CURVES

#include <string.h>

#include "port/curves/tls-port-product.h"

// 1 / n: each step makes twice as many bits right, and an odd n is its own inverse in three.
static xstls_word invert_word(xstls_word n)
{
	xstls_word inverse = n;

	for (int bits = 3; bits < XSTLS_WORD_BITS; bits *= 2)
		inverse *= 2 - n * inverse;
	return inverse;
}

xstls_montgomery xstls_montgomery_of(const xstls_word *n, size_t words, xstls_word *t)
{
	return (xstls_montgomery){n, words, 0 - invert_word(n[0]), t};
}

// out = t / radix: the lower half of t is made 0 by multiples of n, word by word.
static void reduce(xstls_word *out, const xstls_montgomery *m)
{
	const size_t words = m->words;
	const xstls_word *n = m->n;
	xstls_word *t = m->t, *high = t + words, carry = 0, borrow = 0, keep;

	for (size_t i = 0; i < words; i++) {
		const xstls_word above = xstls_port_add_row(t + i, n, words, t[i] * m->factor);
		const xstls_wide sum = (xstls_wide)high[i] + above + carry;

		high[i] = (xstls_word)sum;
		carry = (xstls_word)(sum >> XSTLS_WORD_BITS);
	}
	for (size_t i = 0; i < words; i++) {
		const xstls_wide difference = (xstls_wide)high[i] - n[i] - borrow;

		t[i] = (xstls_word)difference;
		borrow = (xstls_word)(difference >> XSTLS_WORD_BITS) & 1;
	}
	// All ones when it was less than n: nothing above, and a borrow.
	keep = 0 - (borrow & ~carry);
	for (size_t i = 0; i < words; i++)
		out[i] = t[i] ^ (keep & (t[i] ^ high[i]));
}

void xstls_montgomery_multiply(xstls_word *out, const xstls_word *a, const xstls_word *b, const xstls_montgomery *m)
{
	const size_t words = m->words;
	xstls_word *t = m->t;

	memset(t, 0, words * sizeof(*t));
	for (size_t i = 0; i < words; i++)
		t[i + words] = xstls_port_add_row(t + i, b, words, a[i]);
	reduce(out, m);
}

// Each product of two different words is there twice, so it is made once, and all of them are doubled.
void xstls_montgomery_square(xstls_word *out, const xstls_word *a, const xstls_montgomery *m)
{
	const size_t words = m->words;
	xstls_word *t = m->t, above = 0;
	xstls_wide sum = 0;

	memset(t, 0, 2 * words * sizeof(*t));
	for (size_t i = 1; i < words; i++)
		t[i - 1 + words] = xstls_port_add_row(t + 2 * i - 1, a + i, words - i, a[i - 1]);
	for (size_t i = 0; i < words; i++, t += 2) {
		const xstls_word low = t[0], high = t[1];
		const xstls_wide own = (xstls_wide)a[i] * a[i];

		sum += (xstls_wide)(xstls_word)(low << 1 | above) + (xstls_word)own;
		t[0] = (xstls_word)sum;
		sum >>= XSTLS_WORD_BITS;
		sum +=
		    (xstls_wide)(xstls_word)(high << 1 | low >> (XSTLS_WORD_BITS - 1)) + (xstls_word)(own >> XSTLS_WORD_BITS);
		t[1] = (xstls_word)sum;
		sum >>= XSTLS_WORD_BITS;
		above = high >> (XSTLS_WORD_BITS - 1);
	}
	reduce(out, m);
}

void xstls_montgomery_divide(xstls_word *out, const xstls_word *a, const xstls_montgomery *m)
{
	memcpy(m->t, a, m->words * sizeof(*a));
	memset(m->t + m->words, 0, m->words * sizeof(*a));
	reduce(out, m);
}

#endif
