// Curve25519 in X and Z alone: x = X / Z. The ladder is that of RFC 7748, section 5, the arithmetic under it is
// fiat-crypto's, which was generated together with a proof of it.

#include "tls-x25519.h"

#include "mbedtls/build_info.h"

#ifdef TLS_FIAT_CURVES

#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/curves/tls-port-25519.h"
#include "port/curves/tls-port-words.h"

typedef fiat_25519_tight_field_element element;
typedef fiat_25519_loose_field_element sum;

enum { BYTES = XSTLS_X25519_LENGTH, BITS = 255, N = sizeof(element) / sizeof(xstls_word) };

typedef struct {
	element x, z;
} point;

static void swap_if(xstls_word mask, point *a, point *b)
{
	xstls_word *p = (xstls_word *)a, *q = (xstls_word *)b;

	for (size_t i = 0; i < 2 * N; i++) {
		xstls_word differing = mask & (p[i] ^ q[i]);

		p[i] ^= differing;
		q[i] ^= differing;
	}
}

// p = 2 p, q = p + q, where x1 is the x of p - q.
static void step(point *p, point *q, const element x1)
{
	element aa, bb;
	sum a, b, c, d;

	fiat_25519_add(a, p->x, p->z);
	fiat_25519_sub(b, p->x, p->z);
	fiat_25519_add(c, q->x, q->z);
	fiat_25519_sub(d, q->x, q->z);
	fiat_25519_carry_mul(q->x, d, a);
	fiat_25519_carry_mul(q->z, c, b);
	fiat_25519_carry_square(aa, a);
	fiat_25519_carry_square(bb, b);
	fiat_25519_carry_mul(p->x, aa, bb);
	fiat_25519_sub(c, aa, bb);
	fiat_25519_carry_scmul_121666(p->z, c);
	fiat_25519_add(a, bb, p->z);
	fiat_25519_carry_mul(p->z, c, a);
	fiat_25519_add(a, q->x, q->z);
	fiat_25519_sub(b, q->x, q->z);
	fiat_25519_carry_square(q->x, a);
	fiat_25519_carry_square(q->z, b);
	fiat_25519_carry_mul(q->z, q->z, x1);
}

// high^(2^shift) * low: the exponent of `high` followed by that of `low`.
static void append(element out, const element high, int shift, const element low)
{
	element t;

	fiat_25519_carry_square(t, high);
	while (--shift)
		fiat_25519_carry_square(t, t);
	fiat_25519_carry_mul(out, t, low);
}

// To the power of p - 2, which is 250 ones and 01011; `ones_` are powers whose exponents are so many ones in a row.
static void invert(element out, const element in)
{
	element two, nine, eleven, ones_5, ones_10, ones_20, ones_50, ones_100, t;

	fiat_25519_carry_square(two, in);
	append(nine, in, 3, in);
	fiat_25519_carry_mul(eleven, nine, two);
	append(ones_5, eleven, 1, nine);
	append(ones_10, ones_5, 5, ones_5);
	append(ones_20, ones_10, 10, ones_10);
	append(t, ones_20, 20, ones_20);
	append(ones_50, t, 10, ones_10);
	append(ones_100, ones_50, 50, ones_50);
	append(t, ones_100, 100, ones_100);
	append(t, t, 50, ones_50);
	append(out, t, 5, eleven);
}

static void read_field(element out, const uint8_t in[BYTES])
{
	uint8_t bytes[BYTES];

	memcpy(bytes, in, BYTES);
	bytes[BYTES - 1] &= 0x7f;
	fiat_25519_from_bytes(out, bytes);
	mbedtls_platform_zeroize(bytes, sizeof(bytes));
}

// (X, Z) is the same point as (l X, l Z), for a random l.
static void start(point *p, point *q, const element x1, const uint8_t random[BYTES])
{
	memset(p, 0, sizeof(*p));
	p->x[0] = 1;
	read_field(q->z, random);
	fiat_25519_carry_mul(q->x, x1, q->z);
}

bool xstls_x25519(uint8_t out[BYTES], const uint8_t scalar[BYTES], const uint8_t u[BYTES], const uint8_t random[BYTES])
{
	struct {
		element x1;
		point p, q;
	} t;
	xstls_word swapped = 0;
	uint8_t any = 0;

	read_field(t.x1, u);
	start(&t.p, &t.q, t.x1, random);
	for (int i = BITS; i--;) {
		xstls_word bit = 0 - (xstls_word)(scalar[i / 8] >> i % 8 & 1);

		swap_if(swapped ^ bit, &t.p, &t.q);
		swapped = bit;
		step(&t.p, &t.q, t.x1);
	}
	swap_if(swapped, &t.p, &t.q);
	invert(t.p.z, t.p.z);
	fiat_25519_carry_mul(t.p.x, t.p.x, t.p.z);
	fiat_25519_to_bytes(out, t.p.x);
	mbedtls_platform_zeroize(&t, sizeof(t));
	for (size_t i = 0; i < BYTES; i++)
		any |= out[i];
	return any;
}

#endif
