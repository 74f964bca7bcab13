#include "tls-power.h"

#ifdef TLS_FIAT_CURVES

#include <string.h>

#include "tls-montgomery.h"
#include "tls-words-internal.h"

_Static_assert(sizeof(mbedtls_mpi_uint) == sizeof(xstls_word), "a limb of mbedTLS is one of our words");

// For an exponent of few bits, as a public key has, a table of 16 numbers is not worth it.
enum { WINDOW = 4, MOST_SHORT_BITS = 79, SHORT_WINDOW = 2 };

static size_t bits_of(const xstls_word *e, size_t bit, int count)
{
	const size_t at = bit / XSTLS_WORD_BITS, shift = bit % XSTLS_WORD_BITS;
	xstls_word bits = e[at] >> shift;

	if (shift + count > XSTLS_WORD_BITS)
		bits |= e[at + 1] << (XSTLS_WORD_BITS - shift);
	return bits & (((xstls_word)1 << count) - 1);
}

void xstls_power(xstls_word *x, const xstls_word *a, const xstls_word *n, size_t words, const xstls_word *e,
                 size_t e_words, const xstls_word *radix_squared, int window, xstls_word *room)
{
	const size_t entries = (size_t)1 << window;
	xstls_word *const table = room, *const entry = table + entries * words;
	const xstls_montgomery m = xstls_montgomery_of(n, words, entry + words);
	size_t bit = e_words * XSTLS_WORD_BITS;
	const int first = bit % window ? (int)(bit % window) : window;

	xstls_montgomery_divide(table, radix_squared, &m);
	memcpy(table + words, a, words * sizeof(*a));
	for (size_t i = 2; i < entries; i++)
		xstls_montgomery_multiply(table + i * words, table + (i - 1) * words, table + words, &m);

	bit -= first;
	xstls_words_look_up(x, table, entries, words, bits_of(e, bit, first));
	while (bit) {
		for (int i = 0; i < window; i++)
			xstls_montgomery_square(x, x, &m);
		bit -= window;
		xstls_words_look_up(entry, table, entries, words, bits_of(e, bit, window));
		xstls_montgomery_multiply(x, x, entry, &m);
	}
}

size_t xstls_mpi_core_exp_mod_working_limbs(size_t limbs, size_t e_limbs)
{
	return XSTLS_POWER_ROOM(e_limbs * XSTLS_WORD_BITS > MOST_SHORT_BITS ? WINDOW : SHORT_WINDOW, limbs);
}

// As there is room, for mbedTLS itself may have said how much.
static int window_of(size_t limbs, size_t e_limbs)
{
	const size_t room = xstls_port_power_room(limbs, e_limbs);
	int window = 1;

	while (XSTLS_POWER_ROOM(window + 1, limbs) <= room)
		window++;
	return window;
}

void xstls_mpi_core_exp_mod(mbedtls_mpi_uint *x, const mbedtls_mpi_uint *a, const mbedtls_mpi_uint *n, size_t limbs,
                            const mbedtls_mpi_uint *e, size_t e_limbs, const mbedtls_mpi_uint *radix_squared,
                            mbedtls_mpi_uint *working)
{
	xstls_power(x, a, n, limbs, e, e_limbs, radix_squared, window_of(limbs, e_limbs), working);
}

#endif
