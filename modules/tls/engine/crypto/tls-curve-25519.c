// Curve25519 (RFC 7748, section 4.1) in X and Z alone: x = X / Z.
//
// A multiplication begins where mbedTLS blinds its starting point and ends where it divides by Z. Between the two, X
// and Z are in fiat-crypto's limbs. The 0 and the 1 that mbedTLS sets itself are the same in either form.

#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "tls-curves.h"

#ifdef TLS_FIAT_CURVES

#include <string.h>

#include "mbedtls/platform_util.h"
#include <../library/ecp_internal_alt.h>

#ifdef MBEDTLS_HAVE_INT64
#include <curve25519_64.h>
#else
#include <curve25519_32.h>
#endif

typedef mbedtls_mpi_uint word;
typedef fiat_25519_tight_field_element element;
typedef fiat_25519_loose_field_element sum;

enum { BYTES = 32, N = sizeof(element) / sizeof(word) };

static int read_plain(element out, const mbedtls_mpi *number)
{
	word words[TLS_CURVE_WORDS];
	uint8_t bytes[BYTES];
	int error = xstls_curve_read(words, TLS_CURVE_WORDS, number);

	for (size_t i = 0; i < BYTES; i++)
		bytes[i] = (uint8_t)(words[i / sizeof(word)] >> i % sizeof(word) * 8);
	if (error || bytes[BYTES - 1] & 0x80)
		return MBEDTLS_ERR_ECP_BAD_INPUT_DATA;
	fiat_25519_from_bytes(out, bytes);
	return 0;
}

static int write_plain(mbedtls_mpi *number, const element value)
{
	word words[TLS_CURVE_WORDS] = {0};
	uint8_t bytes[BYTES];

	fiat_25519_to_bytes(bytes, value);
	for (size_t i = 0; i < BYTES; i++)
		words[i / sizeof(word)] |= (word)bytes[i] << i % sizeof(word) * 8;
	return xstls_curve_write(number, words, TLS_CURVE_WORDS);
}

// (X, Z) is the same point as (l X, l Z), for a random l.
int mbedtls_internal_ecp_randomize_mxz(const mbedtls_ecp_group *group, mbedtls_ecp_point *p,
                                       int (*random)(void *, unsigned char *, size_t), void *context)
{
	element l, x, z;
	mbedtls_mpi number;
	int error;

	mbedtls_mpi_init(&number);
	error = mbedtls_mpi_random(&number, 2, &group->P, random, context);
	if (error == MBEDTLS_ERR_MPI_NOT_ACCEPTABLE)
		error = MBEDTLS_ERR_ECP_RANDOM_FAILED;
	if (!error)
		error = read_plain(l, &number);
	mbedtls_mpi_free(&number);
	if (!error)
		error = read_plain(x, &p->X);
	if (!error)
		error = read_plain(z, &p->Z);
	if (error)
		return error;
	fiat_25519_carry_mul(x, x, l);
	fiat_25519_carry_mul(z, z, l);
	mbedtls_platform_zeroize(l, sizeof(l));
	error = xstls_curve_write(&p->X, x, N);
	return error ? error : xstls_curve_write(&p->Z, z, N);
}

// RFC 7748, section 5; r = 2 p, s = p + q, and d is the x of p - q.
int mbedtls_internal_ecp_double_add_mxz(const mbedtls_ecp_group *group, mbedtls_ecp_point *r, mbedtls_ecp_point *s,
                                        const mbedtls_ecp_point *p, const mbedtls_ecp_point *q, const mbedtls_mpi *d)
{
	element x2, z2, x3, z3, x1, aa, bb;
	sum a, b, c, e;
	int error = read_plain(x1, d);

	(void)group;
	if (!error)
		error = xstls_curve_read(x2, N, &p->X);
	if (!error)
		error = xstls_curve_read(z2, N, &p->Z);
	if (!error)
		error = xstls_curve_read(x3, N, &q->X);
	if (!error)
		error = xstls_curve_read(z3, N, &q->Z);
	if (error)
		return error;
	fiat_25519_add(a, x2, z2);
	fiat_25519_sub(b, x2, z2);
	fiat_25519_add(c, x3, z3);
	fiat_25519_sub(e, x3, z3);
	fiat_25519_carry_mul(x3, e, a);
	fiat_25519_carry_mul(z3, c, b);
	fiat_25519_carry_square(aa, a);
	fiat_25519_carry_square(bb, b);
	fiat_25519_carry_mul(x2, aa, bb);
	fiat_25519_sub(e, aa, bb);
	fiat_25519_carry_scmul_121666(z2, e);
	fiat_25519_add(a, bb, z2);
	fiat_25519_carry_mul(z2, e, a);
	fiat_25519_add(a, x3, z3);
	fiat_25519_sub(b, x3, z3);
	fiat_25519_carry_square(x3, a);
	fiat_25519_carry_square(z3, b);
	fiat_25519_carry_mul(z3, z3, x1);
	error = xstls_curve_write(&r->X, x2, N);
	if (!error)
		error = xstls_curve_write(&r->Z, z2, N);
	if (!error)
		error = xstls_curve_write(&s->X, x3, N);
	return error ? error : xstls_curve_write(&s->Z, z3, N);
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

// A point of small order gives the point at infinity, which is an error as in mbedTLS.
int mbedtls_internal_ecp_normalize_mxz(const mbedtls_ecp_group *group, mbedtls_ecp_point *p)
{
	element x, z;
	uint8_t bytes[BYTES], any = 0;
	int error = xstls_curve_read(x, N, &p->X);

	(void)group;
	if (!error)
		error = xstls_curve_read(z, N, &p->Z);
	if (error)
		return error;
	fiat_25519_to_bytes(bytes, z);
	for (size_t i = 0; i < BYTES; i++)
		any |= bytes[i];
	if (!any)
		return MBEDTLS_ERR_MPI_NOT_ACCEPTABLE;
	invert(z, z);
	fiat_25519_carry_mul(x, x, z);
	error = write_plain(&p->X, x);
	mbedtls_platform_zeroize(x, sizeof(x));
	return error ? error : mbedtls_mpi_lset(&p->Z, 1);
}

#endif
