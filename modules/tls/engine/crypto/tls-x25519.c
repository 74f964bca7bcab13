// Curve25519 in X and Z alone: x = X / Z. The ladder is that of RFC 7748, section 5, the arithmetic under it is
// fiat-crypto's, which was generated together with a proof of it.
//
// The base point is multiplied on edwards25519, where sums have one formula for all points: u = (1 + y) / (1 - y), and
// with extended coordinates x = X / Z, y = Y / Z and x y = T / Z (RFC 8032, section 5.1.4). A scalar is a multiple of
// 8, so it is an eighth of it times 8 times the base point. That is taken as odd: of an even one its negative is, whose
// u is the same. Then it is a sum of b_i 2^i where each b_i is 1 or -1, as in tls-p256.c.

#include "tls-x25519.h"

#include "mbedtls/build_info.h"

#ifdef TLS_FIAT_CURVES

#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/curves/tls-port-25519.h"
#include "port/curves/tls-port-words.h"
#include "tls-25519-base.h"
#include "crypto/numbers/tls-words-internal.h"

typedef fiat_25519_tight_field_element element;
typedef fiat_25519_loose_field_element sum;

enum {
	BYTES = XSTLS_X25519_LENGTH,
	BITS = 255,
	N = XSTLS_25519_LIMBS,
	TEETH = XSTLS_25519_BASE_TEETH,
	SPACING = XSTLS_25519_BASE_SPACING
};

_Static_assert(sizeof(element) == sizeof(xstls_word[N]), "a limb of fiat-crypto is one of our words");

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

// False when it is 0, which is what is left of the point at infinity.
static bool write_quotient(uint8_t out[BYTES], const element x, element z)
{
	uint8_t any = 0;

	invert(z, z);
	fiat_25519_carry_mul(z, x, z);
	fiat_25519_to_bytes(out, z);
	for (size_t i = 0; i < BYTES; i++)
		any |= out[i];
	return any;
}

bool xstls_x25519(uint8_t out[BYTES], const uint8_t scalar[BYTES], const uint8_t u[BYTES], const uint8_t random[BYTES])
{
	struct {
		element x1;
		point p, q;
	} t;
	xstls_word swapped = 0;
	bool is_point;

	read_field(t.x1, u);
	start(&t.p, &t.q, t.x1, random);
	for (int i = BITS; i--;) {
		xstls_word bit = 0 - (xstls_word)(scalar[i / 8] >> i % 8 & 1);

		swap_if(swapped ^ bit, &t.p, &t.q);
		swapped = bit;
		step(&t.p, &t.q, t.x1);
	}
	swap_if(swapped, &t.p, &t.q);
	is_point = write_quotient(out, t.p.x, t.p.z);
	mbedtls_platform_zeroize(&t, sizeof(t));
	return is_point;
}

typedef struct {
	element x, y, z, t;
} extended;

// (X + Y)^2 - X^2 - Y^2 and so on (RFC 8032, section 5.1.4).
static void double_extended(extended *p)
{
	element a, b, c, g, h;
	sum e, f;

	fiat_25519_add(e, p->x, p->y);
	fiat_25519_carry_square(c, e);
	fiat_25519_carry_square(a, p->x);
	fiat_25519_carry_square(b, p->y);
	fiat_25519_add(e, a, b);
	fiat_25519_carry(h, e);
	fiat_25519_sub(e, h, c);
	fiat_25519_sub(f, a, b);
	fiat_25519_carry(g, f);
	fiat_25519_carry_square(c, p->z);
	fiat_25519_add(f, c, c);
	fiat_25519_carry(c, f);
	fiat_25519_add(f, c, g);
	fiat_25519_carry_mul(p->x, e, f);
	fiat_25519_carry_mul(p->y, g, h);
	fiat_25519_carry_mul(p->t, e, h);
	fiat_25519_carry_mul(p->z, f, g);
}

// Leaves t as it is, which the next doubling makes anew.
static void add_entry(extended *p, const sum sum_yx, const sum difference_yx, const sum product)
{
	element a, b, c, d;
	sum e, f, g, h;

	fiat_25519_sub(e, p->y, p->x);
	fiat_25519_carry_mul(a, e, difference_yx);
	fiat_25519_add(e, p->y, p->x);
	fiat_25519_carry_mul(b, e, sum_yx);
	fiat_25519_carry_mul(c, p->t, product);
	fiat_25519_add(e, p->z, p->z);
	fiat_25519_carry(d, e);
	fiat_25519_sub(e, b, a);
	fiat_25519_sub(f, d, c);
	fiat_25519_add(g, d, c);
	fiat_25519_add(h, b, a);
	fiat_25519_carry_mul(p->x, e, f);
	fiat_25519_carry_mul(p->y, g, h);
	fiat_25519_carry_mul(p->z, f, g);
}

// An odd scalar's digits, a bit for each, which is set for 1.
static void read_digits(xstls_word bits[XSTLS_WORDS_OF_256], const uint8_t scalar[BYTES])
{
	// The order of the base point (RFC 7748, section 4.1).
	static const xstls_word order[] =
	    XSTLS_WORDS(0x5812631a5cf5d3edULL, 0x14def9dea2f79cd6ULL, 0ULL, 0x1000000000000000ULL);
	xstls_word words[XSTLS_WORDS_OF_256 + 1] = {0}, borrow = 0, even;

	xstls_words_read(words, scalar);
	for (size_t i = 0; i < XSTLS_WORDS_OF_256; i++)
		words[i] = words[i] >> 3 | words[i + 1] << (XSTLS_WORD_BITS - 3);
	even = (words[0] & 1) - 1;
	for (size_t i = 0; i < XSTLS_WORDS_OF_256; i++) {
		xstls_wide difference = (xstls_wide)order[i] - words[i] - borrow;

		borrow = (xstls_word)(difference >> XSTLS_WORD_BITS) & 1;
		words[i] ^= even & (words[i] ^ (xstls_word)difference);
	}
	for (size_t i = 0; i < XSTLS_WORDS_OF_256; i++)
		bits[i] = words[i] >> 1 | words[i + 1] << (XSTLS_WORD_BITS - 1);
	bits[XSTLS_WORDS_OF_256 - 1] |= (xstls_word)1 << (XSTLS_WORD_BITS - 2);
	mbedtls_platform_zeroize(words, sizeof(words));
}

// By a comb: its teeth are the digits that are SPACING apart, of which the highest gives the sign.
static void look_up_column(sum entry[3], const xstls_word *bits, int column)
{
	const xstls_word sign = xstls_words_bits(bits, column + (TEETH - 1) * SPACING, 1), negative = sign - 1;
	xstls_word index = 0;
	sum opposite;

	for (int tooth = TEETH - 1; tooth--;)
		index = index << 1 | (xstls_words_bits(bits, column + tooth * SPACING, 1) ^ sign ^ 1);
	xstls_words_look_up(entry[0], xstls_25519_base[0][0], XSTLS_25519_BASE_POINTS, 3 * N, index);
	fiat_25519_opp(opposite, entry[2]);
	for (size_t i = 0; i < N; i++) {
		const xstls_word differing = negative & (entry[0][i] ^ entry[1][i]);

		entry[0][i] ^= differing;
		entry[1][i] ^= differing;
		entry[2][i] ^= negative & (entry[2][i] ^ opposite[i]);
	}
}

bool xstls_x25519_base(uint8_t out[BYTES], const uint8_t scalar[BYTES], const uint8_t random[BYTES])
{
	struct {
		extended p;
		sum entry[3];
		xstls_word bits[XSTLS_WORDS_OF_256];
	} t = {0};
	bool is_point;

	read_digits(t.bits, scalar);
	// The neutral point, 0 and 1, by coordinates that are a random multiple of themselves.
	read_field(t.p.y, random);
	memcpy(t.p.z, t.p.y, sizeof(element));
	for (int column = SPACING; column--;) {
		double_extended(&t.p);
		look_up_column(t.entry, t.bits, column);
		add_entry(&t.p, t.entry[0], t.entry[1], t.entry[2]);
	}
	fiat_25519_add(t.entry[0], t.p.z, t.p.y);
	fiat_25519_sub(t.entry[1], t.p.z, t.p.y);
	fiat_25519_carry(t.p.x, t.entry[0]);
	fiat_25519_carry(t.p.z, t.entry[1]);
	is_point = write_quotient(out, t.p.x, t.p.z);
	mbedtls_platform_zeroize(&t, sizeof(t));
	return is_point;
}

#endif
