#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "tls-ecp.h"

#ifdef TLS_FIAT_CURVES

#include <stdbool.h>
#include <string.h>

#include "mbedtls/platform_util.h"

#include "tls-p256-order.h"
#include "tls-p256.h"
#include "crypto/numbers/tls-words-internal.h"
#include "tls-x25519.h"

enum { BYTES = 32 };

// An error of mbedTLS, 0, or that it is to do it itself.
enum { NOT_OURS = 1 };

typedef struct {
	uint8_t scalar[BYTES], random[BYTES];
	xstls_p256_point in, out;
} work;

static int read_number(uint8_t out[BYTES], const mbedtls_mpi *number)
{
	return mbedtls_mpi_write_binary_le(number, out, BYTES);
}

static int read_point(xstls_p256_point *out, const mbedtls_ecp_point *in)
{
	int error = read_number(out->x, &in->X);

	return error ? error : read_number(out->y, &in->Y);
}

static int write_point(mbedtls_ecp_point *out, const xstls_p256_point *in)
{
	int error = mbedtls_mpi_read_binary_le(&out->X, in->x, BYTES);

	if (!error)
		error = mbedtls_mpi_read_binary_le(&out->Y, in->y, BYTES);
	return error ? error : mbedtls_mpi_lset(&out->Z, 1);
}

static int multiply_on_p256(work *w, const mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_ecp_point *p)
{
	bool by_base = p == &group->G;
	int error = by_base ? 0 : read_point(&w->in, p);

	if (error)
		return error;
	if (!xstls_p256_multiply(&w->out, w->scalar, by_base ? NULL : &w->in, w->random))
		return NOT_OURS;
	return write_point(r, &w->out);
}

// The point at infinity has no x, which is the error that it is in mbedTLS.
static int multiply_on_25519(work *w, const mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_ecp_point *p)
{
	bool by_base = p == &group->G;
	int error = by_base ? 0 : read_number(w->in.x, &p->X);

	if (error)
		return error;
	if (!(by_base ? xstls_x25519_base(w->out.x, w->scalar, w->random)
	              : xstls_x25519(w->out.x, w->scalar, w->in.x, w->random)))
		return MBEDTLS_ERR_MPI_NOT_ACCEPTABLE;
	error = mbedtls_mpi_read_binary_le(&r->X, w->out.x, BYTES);
	if (!error)
		error = mbedtls_mpi_lset(&r->Z, 1);
	mbedtls_mpi_free(&r->Y);
	return error;
}

static bool is_ours(const mbedtls_ecp_group *group)
{
	return group->id == MBEDTLS_ECP_DP_SECP256R1 || group->id == MBEDTLS_ECP_DP_CURVE25519;
}

static int multiply(mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_mpi *m, const mbedtls_ecp_point *p,
                    xstls_port_random random, void *context)
{
	work w;
	int error;

	if (!is_ours(group) || !random)
		return NOT_OURS;
	error = mbedtls_ecp_check_privkey(group, m);
	if (!error && p != &group->G)
		error = mbedtls_ecp_check_pubkey(group, p);
	if (!error)
		error = read_number(w.scalar, m);
	if (!error)
		error = random(context, w.random, BYTES);
	if (!error && group->id == MBEDTLS_ECP_DP_SECP256R1)
		error = multiply_on_p256(&w, group, r, p);
	else if (!error)
		error = multiply_on_25519(&w, group, r, p);
	mbedtls_platform_zeroize(&w, sizeof(w));
	return error;
}

int xstls_ecp_mul_restartable(mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_mpi *m,
                              const mbedtls_ecp_point *p, xstls_port_random random, void *context,
                              mbedtls_ecp_restart_ctx *restart)
{
	int error = multiply(group, r, m, p, random, context);

	return error == NOT_OURS ? xstls_library_ecp_mul_restartable(group, r, m, p, random, context, restart) : error;
}

int xstls_ecp_mul(mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_mpi *m, const mbedtls_ecp_point *p,
                  xstls_port_random random, void *context)
{
	return xstls_ecp_mul_restartable(group, r, m, p, random, context, NULL);
}

// mbedTLS checks what it verifies a signature with; what it does not ask for there, such as a factor of 0, is its own
// matter.
static int multiply_add(mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_mpi *m,
                        const mbedtls_ecp_point *p, const mbedtls_mpi *n, const mbedtls_ecp_point *q)
{
	uint8_t m_bytes[BYTES], n_bytes[BYTES];
	xstls_p256_point p_point, q_point, sum;
	bool p_is_base = p == &group->G;

	if (group->id != MBEDTLS_ECP_DP_SECP256R1 || mbedtls_ecp_check_privkey(group, m) ||
	    mbedtls_ecp_check_privkey(group, n) || (!p_is_base && mbedtls_ecp_check_pubkey(group, p)) ||
	    mbedtls_ecp_check_pubkey(group, q) || read_number(m_bytes, m) || read_number(n_bytes, n) ||
	    read_point(&p_point, p) || read_point(&q_point, q))
		return NOT_OURS;
	if (!xstls_p256_multiply_add(&sum, m_bytes, p_is_base ? NULL : &p_point, n_bytes, &q_point))
		return NOT_OURS;
	return write_point(r, &sum);
}

int xstls_ecp_muladd_restartable(mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_mpi *m,
                                 const mbedtls_ecp_point *p, const mbedtls_mpi *n, const mbedtls_ecp_point *q,
                                 mbedtls_ecp_restart_ctx *restart)
{
	int error = multiply_add(group, r, m, p, n, q);

	return error == NOT_OURS ? xstls_library_ecp_muladd_restartable(group, r, m, p, n, q, restart) : error;
}

static bool is_order(const mbedtls_mpi *number)
{
	xstls_word words[XSTLS_WORDS_OF_256];
	uint8_t bytes[BYTES];

	if (mbedtls_mpi_size(number) != BYTES || read_number(bytes, number))
		return false;
	xstls_words_read(words, bytes);
	return memcmp(words, xstls_p256_order, sizeof(words)) == 0;
}

int xstls_mpi_gcd_modinv_odd(mbedtls_mpi *gcd, mbedtls_mpi *inverse, const mbedtls_mpi *a, const mbedtls_mpi *modulus)
{
	uint8_t bytes[BYTES];
	int error;

	if (gcd || !is_order(modulus) || mbedtls_mpi_cmp_int(a, 1) < 0 || mbedtls_mpi_cmp_mpi(a, modulus) >= 0)
		return xstls_library_mpi_gcd_modinv_odd(gcd, inverse, a, modulus);
	error = read_number(bytes, a);
	if (error)
		return error;
	xstls_p256_invert_scalar(bytes, bytes);
	error = mbedtls_mpi_read_binary_le(inverse, bytes, BYTES);
	mbedtls_platform_zeroize(bytes, sizeof(bytes));
	return error;
}

#endif
