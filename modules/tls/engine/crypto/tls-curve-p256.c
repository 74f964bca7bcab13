// Points of P-256 (SP 800-186, section 3.2.1.3) in Jacobian coordinates: x = X / Z^2, y = Y / Z^3.
//
// A point is affine, with Z = 1 and plain X and Y, or its coordinates are in Montgomery form, in which fiat-crypto
// computes. The latter has a mark behind the words of Z, for mbedTLS copies points of either kind.

#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "tls-curves.h"

#ifdef TLS_FIAT_CURVES

#include <stdbool.h>
#include <string.h>

#include "mbedtls/platform.h"
#include "mbedtls/platform_util.h"
#include <../library/ecp_internal_alt.h>

#include "port/tls-port-p256.h"

#ifdef MBEDTLS_HAVE_INT64
#define WORDS(a, b, c, d)                                                                                              \
	{                                                                                                                  \
		a, b, c, d                                                                                                     \
	}
#else
#define HALVES(a) (uint32_t)(a), (uint32_t)((a) >> 32)
#define WORDS(a, b, c, d)                                                                                              \
	{                                                                                                                  \
		HALVES(a), HALVES(b), HALVES(c), HALVES(d)                                                                     \
	}
#endif

typedef mbedtls_mpi_uint word;
typedef fiat_p256_montgomery_domain_field_element element;

enum { N = sizeof(element) / sizeof(word) };

typedef struct {
	element x, y, z;
} point;

_Static_assert(N == TLS_CURVE_WORDS, "a word of fiat-crypto is one of mbedTLS");

static const element plain_one = {1};
// 2^256 and 2^512 mod p.
static const element one =
    WORDS(0x0000000000000001ULL, 0xffffffff00000000ULL, 0xffffffffffffffffULL, 0x00000000fffffffeULL);
static const element radix_squared =
    WORDS(0x0000000000000003ULL, 0xfffffffbffffffffULL, 0xfffffffffffffffeULL, 0x00000004fffffffdULL);

static int read_plain(element out, const mbedtls_mpi *number)
{
	int error = xstls_curve_read(out, N, number);

	fiat_p256_mul(out, out, radix_squared);
	return error;
}

static int write_plain(mbedtls_mpi *number, const element value)
{
	element plain;

	fiat_p256_mul(plain, value, plain_one);
	return xstls_curve_write(number, plain, N);
}

static int read_affine(point *out, const mbedtls_ecp_point *in)
{
	int error = read_plain(out->x, &in->X);

	memcpy(out->z, one, sizeof(one));
	return error ? error : read_plain(out->y, &in->Y);
}

static bool is_marked(const mbedtls_mpi *z)
{
	return z->n > N && z->p[N];
}

// Not of the point at infinity.
static int read_point(point *out, const mbedtls_ecp_point *in)
{
	word z[N + 1];
	int error;

	if (!is_marked(&in->Z))
		return mbedtls_mpi_cmp_int(&in->Z, 1) ? MBEDTLS_ERR_ECP_BAD_INPUT_DATA : read_affine(out, in);
	error = xstls_curve_read(out->x, N, &in->X);
	if (!error)
		error = xstls_curve_read(out->y, N, &in->Y);
	if (!error)
		error = xstls_curve_read(z, N + 1, &in->Z);
	memcpy(out->z, z, sizeof(out->z));
	return error;
}

static int write_point(mbedtls_ecp_point *out, const point *in)
{
	word z[N + 1] = {[N] = 1};
	int error = xstls_curve_write(&out->X, in->x, N);

	memcpy(z, in->z, sizeof(in->z));
	if (!error)
		error = xstls_curve_write(&out->Y, in->y, N);
	return error ? error : xstls_curve_write(&out->Z, z, N + 1);
}

static bool is_zero(const element value)
{
	element bits;

	fiat_p256_nonzero(bits, value);
	return bits[0] == 0;
}

static void square_times(element out, const element in, int count)
{
	fiat_p256_square(out, in);
	while (--count)
		fiat_p256_square(out, out);
}

// To the power of p - 2. `runs` are powers whose exponents are 2, 4, 8, 16 and 32 ones in a row.
static void invert(element out, const element in)
{
	enum { RUNS = 5 };
	element runs[RUNS], t;

	for (int i = 0; i < RUNS; i++) {
		const word *shorter = i ? runs[i - 1] : in;

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

static void triple(element out, const element in)
{
	element twice;

	fiat_p256_add(twice, in, in);
	fiat_p256_add(out, twice, in);
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
	triple(m, t);
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

// With H = x Z^2 - X and R = y Z^3 - Y, where x and y are of the affine point that is added:
// X' = R^2 - H^3 - 2 X H^2, Y' = R (X H^2 - X') - Y H^3, Z' = Z H.
static void add_difference(point *p, const element h, const element r)
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
}

int mbedtls_internal_ecp_double_jac(const mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_ecp_point *p)
{
	point a;
	int error;

	(void)group;
	if (mbedtls_mpi_cmp_int(&p->Z, 0) == 0)
		return mbedtls_ecp_set_zero(r);
	error = read_point(&a, p);
	if (error)
		return error;
	double_point(&a);
	return write_point(r, &a);
}

// It has the branches of mbedTLS's own addition, which a multiplication by a secret never takes.
int mbedtls_internal_ecp_add_mixed(const mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_ecp_point *p,
                                   const mbedtls_ecp_point *q)
{
	point a, b;
	element h, s;
	int error;

	if (mbedtls_mpi_cmp_int(&p->Z, 0) == 0)
		return mbedtls_ecp_copy(r, q);
	if (mbedtls_mpi_cmp_int(&q->Z, 0) == 0)
		return mbedtls_ecp_copy(r, p);
	if (mbedtls_mpi_cmp_int(&q->Z, 1))
		return MBEDTLS_ERR_ECP_BAD_INPUT_DATA;
	error = read_point(&a, p);
	if (!error)
		error = read_affine(&b, q);
	if (error)
		return error;
	fiat_p256_square(h, a.z);
	fiat_p256_mul(s, h, a.z);
	fiat_p256_mul(h, h, b.x);
	fiat_p256_mul(s, s, b.y);
	fiat_p256_sub(h, h, a.x);
	fiat_p256_sub(s, s, a.y);
	if (is_zero(h))
		return is_zero(s) ? mbedtls_internal_ecp_double_jac(group, r, p) : mbedtls_ecp_set_zero(r);
	add_difference(&a, h, s);
	return write_point(r, &a);
}

// (X, Y, Z) is the same point as (l^2 X, l^3 Y, l Z), for a random l.
int mbedtls_internal_ecp_randomize_jac(const mbedtls_ecp_group *group, mbedtls_ecp_point *p,
                                       int (*random)(void *, unsigned char *, size_t), void *context)
{
	point a;
	element l, t;
	mbedtls_mpi number;
	int error;

	mbedtls_mpi_init(&number);
	error = mbedtls_mpi_random(&number, 2, &group->P, random, context);
	if (error == MBEDTLS_ERR_MPI_NOT_ACCEPTABLE)
		error = MBEDTLS_ERR_ECP_RANDOM_FAILED;
	if (!error)
		error = xstls_curve_read(l, N, &number);
	if (!error)
		error = read_point(&a, p);
	mbedtls_mpi_free(&number);
	if (error)
		return error;
	fiat_p256_mul(a.z, a.z, l);
	fiat_p256_square(t, l);
	fiat_p256_mul(a.x, a.x, t);
	fiat_p256_mul(t, t, l);
	fiat_p256_mul(a.y, a.y, t);
	mbedtls_platform_zeroize(l, sizeof(l));
	return write_point(p, &a);
}

static int write_affine(mbedtls_ecp_point *out, const point *p, const element inverse_of_z)
{
	element t, value;
	int error;

	fiat_p256_square(t, inverse_of_z);
	fiat_p256_mul(value, p->x, t);
	error = write_plain(&out->X, value);
	fiat_p256_mul(t, t, inverse_of_z);
	fiat_p256_mul(value, p->y, t);
	if (!error)
		error = write_plain(&out->Y, value);
	mbedtls_platform_zeroize(value, sizeof(value));
	return error ? error : mbedtls_mpi_lset(&out->Z, 1);
}

int mbedtls_internal_ecp_normalize_jac(const mbedtls_ecp_group *group, mbedtls_ecp_point *p)
{
	return mbedtls_internal_ecp_normalize_jac_many(group, &p, 1);
}

// With one inversion for all points: that of the product of all Z gives the inverse of each, from the last to the
// first.
int mbedtls_internal_ecp_normalize_jac_many(const mbedtls_ecp_group *group, mbedtls_ecp_point *points[], size_t count)
{
	element *products = mbedtls_calloc(count, sizeof(*products)), inverse, each;
	int error = products ? 0 : MBEDTLS_ERR_ECP_ALLOC_FAILED;
	point p;

	(void)group;
	for (size_t i = 0; i < count && !error; i++) {
		error = read_point(&p, points[i]);
		fiat_p256_mul(products[i], i ? products[i - 1] : one, p.z);
	}
	if (!error && is_zero(products[count - 1]))
		error = MBEDTLS_ERR_ECP_BAD_INPUT_DATA;
	if (!error)
		invert(inverse, products[count - 1]);
	for (size_t i = count; i-- && !error;) {
		error = read_point(&p, points[i]);
		fiat_p256_mul(each, inverse, i ? products[i - 1] : one);
		fiat_p256_mul(inverse, inverse, p.z);
		if (!error)
			error = write_affine(points[i], &p, each);
	}
	if (products)
		mbedtls_platform_zeroize(products, count * sizeof(*products));
	mbedtls_free(products);
	return error;
}

#endif
