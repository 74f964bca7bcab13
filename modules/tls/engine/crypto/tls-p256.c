// Points are in Jacobian coordinates, x = X / Z^2 and y = Y / Z^3, all in Montgomery form, in which fiat-crypto
// computes.
//
// A scalar is taken as odd: of an even one its negative is, and the product is negated. An odd number of L bits is a
// sum of b_i 2^i for i < L where each b_i is 1 or -1: b_i is 1 when bit i + 1 of the number is set or i is L - 1. So no
// digit is 0, whatever the scalar, and each step does the same.

#include "tls-p256.h"

#include "mbedtls/build_info.h"

#ifdef TLS_FIAT_CURVES

#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/curves/tls-port-p256.h"
#include "port/curves/tls-port-words.h"
#include "tls-p256-base.h"
#include "tls-p256-order.h"
#include "crypto/numbers/tls-words-internal.h"

typedef fiat_p256_montgomery_domain_field_element element;

enum {
	N = XSTLS_WORDS_OF_256,
	WINDOW = 4,
	WINDOW_POINTS = 1 << (WINDOW - 1),
	TEETH = XSTLS_P256_BASE_TEETH,
	SPACING = XSTLS_P256_BASE_SPACING
};

_Static_assert(sizeof(element) == sizeof(xstls_word[N]), "a word of fiat-crypto is one of ours");

typedef struct {
	element x, y, z;
} point;

// The digits of an odd scalar, a bit for each, which is set for 1: all but the highest. `negated` is all ones when it
// stands for its negative.
typedef struct {
	xstls_word bits[N], negated;
} digits;

static const element plain_one = {1}, zero;
// 2^256 and 2^512 mod p.
static const element one =
    XSTLS_WORDS(0x0000000000000001ULL, 0xffffffff00000000ULL, 0xffffffffffffffffULL, 0x00000000fffffffeULL);
static const element radix_squared =
    XSTLS_WORDS(0x0000000000000003ULL, 0xfffffffbffffffffULL, 0xfffffffffffffffeULL, 0x00000004fffffffdULL);

static void read_field(element out, const uint8_t in[XSTLS_P256_LENGTH])
{
	xstls_words_read(out, in);
	fiat_p256_mul(out, out, radix_squared);
}

static void write_field(uint8_t out[XSTLS_P256_LENGTH], const element in)
{
	element plain;

	fiat_p256_mul(plain, in, plain_one);
	xstls_words_write(out, plain);
	mbedtls_platform_zeroize(plain, sizeof(plain));
}

static bool is_zero(const element value)
{
	xstls_word any;

	fiat_p256_nonzero(&any, value);
	return any == 0;
}

// `mask` is all ones for `b`, and 0 for `a`.
static void choose(element out, xstls_word mask, const element a, const element b)
{
	for (size_t i = 0; i < N; i++)
		out[i] = a[i] ^ (mask & (a[i] ^ b[i]));
}

static void negate_if(element value, xstls_word mask)
{
	element negative;

	fiat_p256_sub(negative, zero, value);
	choose(value, mask, value, negative);
}

static void square_times(element out, const element in, int times)
{
	fiat_p256_square(out, in);
	while (--times)
		fiat_p256_square(out, out);
}

// To the power of p - 2. Each run is one of twice as many ones as that before it: 2, 4, 8, 16 and 32.
static void invert(element out, const element in)
{
	enum { RUNS = 5 };
	element runs[RUNS], t;

	for (int i = 0; i < RUNS; i++) {
		const xstls_word *shorter = i ? runs[i - 1] : in;

		square_times(runs[i], shorter, 1 << i);
		fiat_p256_mul(runs[i], runs[i], shorter);
	}
	square_times(t, runs[4], 32);
	fiat_p256_mul(t, t, in);
	square_times(t, t, 128);
	fiat_p256_mul(t, t, runs[4]);
	square_times(t, t, 32);
	fiat_p256_mul(t, t, runs[4]);
	for (int i = 3; i >= 0; i--) {
		square_times(t, t, 2 << i);
		fiat_p256_mul(t, t, runs[i]);
	}
	square_times(t, t, 2);
	fiat_p256_mul(out, t, in);
}

static void double_times(element value, int count)
{
	while (count--)
		fiat_p256_add(value, value, value);
}

// For a = -3: M = 3 (X - Z^2) (X + Z^2), S = 4 X Y^2, X' = M^2 - 2 S, Y' = M (S - X') - 8 Y^4, Z' = 2 Y Z.
static void double_point(point *p)
{
	element m, s, t, u;

	fiat_p256_square(t, p->z);
	fiat_p256_sub(u, p->x, t);
	fiat_p256_add(t, p->x, t);
	fiat_p256_mul(t, t, u);
	fiat_p256_add(m, t, t);
	fiat_p256_add(m, m, t);
	fiat_p256_mul(p->z, p->z, p->y);
	double_times(p->z, 1);
	fiat_p256_square(t, p->y);
	double_times(t, 1);
	fiat_p256_mul(s, p->x, t);
	double_times(s, 1);
	fiat_p256_square(t, t);
	double_times(t, 1);
	fiat_p256_square(p->x, m);
	fiat_p256_sub(p->x, p->x, s);
	fiat_p256_sub(p->x, p->x, s);
	fiat_p256_sub(s, s, p->x);
	fiat_p256_mul(s, s, m);
	fiat_p256_sub(p->y, s, t);
}

// With H = x' - X and R = y' - Y, where all are over the same Z:
// X' = R^2 - H^3 - 2 X H^2, Y' = R (X H^2 - X') - Y H^3, Z' = Z H. False when both points have the same x.
static bool add_difference(point *p, const element h, const element r)
{
	element hh, hhh, v;

	fiat_p256_mul(p->z, p->z, h);
	fiat_p256_square(hh, h);
	fiat_p256_mul(hhh, hh, h);
	fiat_p256_mul(v, p->x, hh);
	fiat_p256_square(p->x, r);
	fiat_p256_sub(p->x, p->x, hhh);
	fiat_p256_sub(p->x, p->x, v);
	fiat_p256_sub(p->x, p->x, v);
	fiat_p256_sub(v, v, p->x);
	fiat_p256_mul(v, v, r);
	fiat_p256_mul(hhh, hhh, p->y);
	fiat_p256_sub(p->y, v, hhh);
	return !is_zero(h);
}

// H = x Z^2 - X and R = y Z^3 - Y.
static bool add_affine(point *p, const element x, const element y)
{
	element h, r;

	fiat_p256_square(h, p->z);
	fiat_p256_mul(r, h, p->z);
	fiat_p256_mul(h, h, x);
	fiat_p256_mul(r, r, y);
	fiat_p256_sub(h, h, p->x);
	fiat_p256_sub(r, r, p->y);
	return add_difference(p, h, r);
}

static bool add(point *p, const point *q)
{
	element pp, qq, h, r;

	fiat_p256_square(pp, p->z);
	fiat_p256_square(qq, q->z);
	fiat_p256_mul(h, q->x, pp);
	fiat_p256_mul(pp, pp, p->z);
	fiat_p256_mul(r, q->y, pp);
	fiat_p256_mul(p->x, p->x, qq);
	fiat_p256_mul(qq, qq, q->z);
	fiat_p256_mul(p->y, p->y, qq);
	fiat_p256_mul(p->z, p->z, q->z);
	fiat_p256_sub(h, h, p->x);
	fiat_p256_sub(r, r, p->y);
	return add_difference(p, h, r);
}

// (X, Y, Z) is the same point as (l^2 X, l^3 Y, l Z), for a random l, which is less than p when its highest bit is 0.
static void randomize(point *p, const uint8_t random[XSTLS_P256_LENGTH])
{
	element l, t;

	xstls_words_read(l, random);
	l[N - 1] &= (xstls_word)-1 >> 1;
	fiat_p256_mul(p->z, p->z, l);
	fiat_p256_square(t, l);
	fiat_p256_mul(p->x, p->x, t);
	fiat_p256_mul(t, t, l);
	fiat_p256_mul(p->y, p->y, t);
	mbedtls_platform_zeroize(l, sizeof(l));
}

static void read_digits(digits *out, const uint8_t scalar[XSTLS_P256_LENGTH])
{
	xstls_word words[N], borrow = 0;

	xstls_words_read(words, scalar);
	out->negated = (words[0] & 1) - 1;
	for (size_t i = 0; i < N; i++) {
		xstls_wide difference = (xstls_wide)xstls_p256_order[i] - words[i] - borrow;

		borrow = (xstls_word)(difference >> XSTLS_WORD_BITS) & 1;
		words[i] ^= out->negated & (words[i] ^ (xstls_word)difference);
	}
	for (size_t i = 0; i < N; i++)
		out->bits[i] = words[i] >> 1 | (i + 1 < N ? words[i + 1] << (XSTLS_WORD_BITS - 1) : 0);
	mbedtls_platform_zeroize(words, sizeof(words));
}

// By a comb: its teeth are the digits that are SPACING apart, of which the highest gives the sign.
static xstls_word comb(const digits *d, int column, xstls_word *negative)
{
	int highest = column + (TEETH - 1) * SPACING;
	xstls_word sign = highest < 256 ? xstls_words_bits(d->bits, highest, 1) : column == SPACING - 1, index = 0;

	for (int tooth = TEETH - 1; tooth--;)
		index = index << 1 | (xstls_words_bits(d->bits, column + tooth * SPACING, 1) ^ sign ^ 1);
	*negative = sign - 1;
	return index;
}

static bool multiply_base(point *out, const digits *d, const uint8_t random[XSTLS_P256_LENGTH])
{
	element entry[2];
	xstls_word negative;
	bool is_sum = true;

	for (int column = SPACING; column--;) {
		xstls_words_look_up(entry[0], xstls_p256_base[0][0], XSTLS_P256_BASE_POINTS, 2 * N, comb(d, column, &negative));
		negate_if(entry[1], negative);
		if (column == SPACING - 1) {
			memcpy(out->x, entry[0], sizeof(element));
			memcpy(out->y, entry[1], sizeof(element));
			memcpy(out->z, one, sizeof(element));
			randomize(out, random);
		} else {
			double_point(out);
			is_sum &= add_affine(out, entry[0], entry[1]);
		}
	}
	return is_sum;
}

// P, 3 P, 5 P and so on.
static bool odd_multiples(point table[WINDOW_POINTS], const point *p)
{
	point twice = *p;
	bool is_sum = true;

	double_point(&twice);
	table[0] = *p;
	for (size_t i = 1; i < WINDOW_POINTS; i++) {
		table[i] = table[i - 1];
		is_sum &= add(&table[i], &twice);
	}
	return is_sum;
}

// Four digits of 1 and -1 are an odd number from -15 to 15.
static void look_up_window(point *out, const point table[WINDOW_POINTS], xstls_word window)
{
	xstls_word negative = (window >> (WINDOW - 1)) - 1;

	xstls_words_look_up(out->x, table[0].x, WINDOW_POINTS, sizeof(point) / sizeof(xstls_word),
	                    (window ^ negative) & (WINDOW_POINTS - 1));
	negate_if(out->y, negative);
}

static bool multiply_point(point *out, const digits *d, const point *p)
{
	struct {
		point table[WINDOW_POINTS], entry;
	} t;
	bool is_sum = odd_multiples(t.table, p);

	look_up_window(out, t.table, xstls_words_bits(d->bits, 256 - WINDOW, WINDOW) | 1 << (WINDOW - 1));
	for (int i = 256 - 2 * WINDOW; i >= 0; i -= WINDOW) {
		for (int j = 0; j < WINDOW; j++)
			double_point(out);
		look_up_window(&t.entry, t.table, xstls_words_bits(d->bits, i, WINDOW));
		is_sum &= add(out, &t.entry);
	}
	mbedtls_platform_zeroize(&t, sizeof(t));
	return is_sum;
}

static void write_affine(xstls_p256_point *out, const point *in)
{
	element inverse, t, value;

	invert(inverse, in->z);
	fiat_p256_square(t, inverse);
	fiat_p256_mul(value, in->x, t);
	write_field(out->x, value);
	fiat_p256_mul(t, t, inverse);
	fiat_p256_mul(value, in->y, t);
	write_field(out->y, value);
	mbedtls_platform_zeroize(value, sizeof(value));
}

static bool multiply(point *out, const uint8_t scalar[XSTLS_P256_LENGTH], const xstls_p256_point *by,
                     const uint8_t random[XSTLS_P256_LENGTH])
{
	digits d;
	point p;
	bool is_sum;

	read_digits(&d, scalar);
	if (by) {
		read_field(p.x, by->x);
		read_field(p.y, by->y);
		memcpy(p.z, one, sizeof(element));
		randomize(&p, random);
		is_sum = multiply_point(out, &d, &p);
	} else
		is_sum = multiply_base(out, &d, random);
	negate_if(out->y, d.negated);
	mbedtls_platform_zeroize(&d, sizeof(d));
	return is_sum;
}

bool xstls_p256_multiply(xstls_p256_point *out, const uint8_t scalar[XSTLS_P256_LENGTH], const xstls_p256_point *by,
                         const uint8_t random[XSTLS_P256_LENGTH])
{
	point product;
	bool is_sum = multiply(&product, scalar, by, random);

	write_affine(out, &product);
	mbedtls_platform_zeroize(&product, sizeof(product));
	return is_sum;
}

bool xstls_p256_multiply_add(xstls_p256_point *out, const uint8_t m[XSTLS_P256_LENGTH], const xstls_p256_point *p,
                             const uint8_t n[XSTLS_P256_LENGTH], const xstls_p256_point *q)
{
	static const uint8_t nothing_to_hide[XSTLS_P256_LENGTH] = {1};
	point a, b;

	if (!multiply(&a, m, p, nothing_to_hide) || !multiply(&b, n, q, nothing_to_hide) || !add(&a, &b))
		return false;
	write_affine(out, &a);
	return true;
}

#endif
