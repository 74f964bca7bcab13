// Modulo the order of P-256 there is nothing of fiat-crypto's, so the product is Montgomery's, word by word.

#include "tls-p256-order.h"

#include "mbedtls/build_info.h"

#ifdef TLS_FIAT_CURVES

#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/curves/tls-port-product.h"
#include "crypto/numbers/tls-words-internal.h"

enum { N = XSTLS_WORDS_OF_256, WINDOW = 4 };

typedef xstls_word number[N];

const number xstls_p256_order =
    XSTLS_WORDS(0xf3b9cac2fc632551ULL, 0xbce6faada7179e84ULL, 0xffffffffffffffffULL, 0xffffffff00000000ULL);
static const number order_less_2 =
    XSTLS_WORDS(0xf3b9cac2fc63254fULL, 0xbce6faada7179e84ULL, 0xffffffffffffffffULL, 0xffffffff00000000ULL);
static const number radix_squared =
    XSTLS_WORDS(0x83244c95be79eea2ULL, 0x4699799c49bd6fa6ULL, 0x2845b2392b6bec59ULL, 0x66e12d94f3d95620ULL);
static const number plain_one = {1};
// -1 / order, modulo the radix of a word.
static const xstls_word minus_inverse = (xstls_word)0xccd1c8aaee00bc4fULL;

// Takes the order away once if `in`, of which `high` is the word above, has it.
static void reduce(number out, const number in, xstls_word high)
{
	number less;
	xstls_word borrow = 0;

	for (size_t i = 0; i < N; i++) {
		xstls_wide difference = (xstls_wide)in[i] - xstls_p256_order[i] - borrow;

		less[i] = (xstls_word)difference;
		borrow = (xstls_word)(difference >> XSTLS_WORD_BITS) & 1;
	}
	// All ones when the difference is negative: nothing above, and a borrow.
	borrow = 0 - (borrow & ~high & 1);
	for (size_t i = 0; i < N; i++)
		out[i] = (in[i] & borrow) | (less[i] & ~borrow);
}

// a b / 2^256, where both are less than the order.
static void multiply(number out, const number a, const number b)
{
	xstls_word t[2 * N] = {0}, above = 0;

	for (size_t i = 0; i < N; i++) {
		xstls_wide high = xstls_port_add_row(t + i, a, N, b[i]);

		high += xstls_port_add_row(t + i, xstls_p256_order, N, t[i] * minus_inverse);
		high += above;
		t[i + N] = (xstls_word)high;
		above = (xstls_word)(high >> XSTLS_WORD_BITS);
	}
	reduce(out, t + N, above);
	mbedtls_platform_zeroize(t, sizeof(t));
}

// To the power of the order less 2 (Fermat), which is public: four bits at a time.
static void invert(number out, const number in)
{
	number powers[1 << WINDOW];

	memcpy(powers[1], in, sizeof(number));
	for (int i = 2; i < 1 << WINDOW; i++)
		multiply(powers[i], powers[i - 1], in);
	memcpy(out, powers[xstls_words_bits(order_less_2, 256 - WINDOW, WINDOW)], sizeof(number));
	for (int i = 256 - 2 * WINDOW; i >= 0; i -= WINDOW) {
		unsigned digit = xstls_words_bits(order_less_2, i, WINDOW);

		for (int j = 0; j < WINDOW; j++)
			multiply(out, out, out);
		if (digit)
			multiply(out, out, powers[digit]);
	}
	mbedtls_platform_zeroize(powers, sizeof(powers));
}

void xstls_p256_invert_scalar(uint8_t out[32], const uint8_t in[32])
{
	number t, inverse;

	xstls_words_read(t, in);
	multiply(t, t, radix_squared);
	invert(inverse, t);
	multiply(t, inverse, plain_one);
	xstls_words_write(out, t);
	mbedtls_platform_zeroize(t, sizeof(t));
	mbedtls_platform_zeroize(inverse, sizeof(inverse));
}

#endif
