// Steps on curves with coordinates that nobody has initialised: valgrind tells of every branch and address that hangs
// on one, so they stand for secrets. run.sh judges what it tells.

#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include <stdlib.h>

#include "mbedtls/ecp.h"
#include <../library/ecp_internal_alt.h>

enum { WORD = sizeof(mbedtls_mpi_uint), P256_WORDS = 32 / WORD, LIMBS = WORD == 8 ? 5 : 10 };

static void keep_secret(mbedtls_mpi *number, unsigned short words)
{
	number->p = malloc(words * sizeof(*number->p));
	number->n = words;
	number->s = 1;
}

static int ones(void *context, unsigned char *out, size_t length)
{
	(void)context;
	while (length--)
		out[length] = 1;
	return 0;
}

static void on_p256(void)
{
	mbedtls_ecp_group group;
	mbedtls_ecp_point p, q;

	mbedtls_ecp_group_init(&group);
	mbedtls_ecp_point_init(&p);
	mbedtls_ecp_point_init(&q);
	mbedtls_ecp_group_load(&group, MBEDTLS_ECP_DP_SECP256R1);
	keep_secret(&p.X, P256_WORDS);
	keep_secret(&p.Y, P256_WORDS);
	keep_secret(&p.Z, P256_WORDS + 1);
	p.Z.p[P256_WORDS] = 1;
	keep_secret(&q.X, P256_WORDS);
	keep_secret(&q.Y, P256_WORDS);
	mbedtls_mpi_lset(&q.Z, 1);
	mbedtls_internal_ecp_double_jac(&group, &p, &p);
	mbedtls_internal_ecp_randomize_jac(&group, &p, ones, NULL);
	mbedtls_internal_ecp_add_mixed(&group, &p, &p, &q);
	mbedtls_internal_ecp_normalize_jac(&group, &p);
}

static void on_25519(void)
{
	mbedtls_ecp_group group;
	mbedtls_ecp_point p, q;
	mbedtls_mpi d;

	mbedtls_ecp_group_init(&group);
	mbedtls_ecp_point_init(&p);
	mbedtls_ecp_point_init(&q);
	mbedtls_mpi_init(&d);
	mbedtls_ecp_group_load(&group, MBEDTLS_ECP_DP_CURVE25519);
	mbedtls_mpi_lset(&d, 9);
	keep_secret(&p.X, LIMBS);
	keep_secret(&p.Z, LIMBS);
	keep_secret(&q.X, LIMBS);
	keep_secret(&q.Z, LIMBS);
	mbedtls_internal_ecp_double_add_mxz(&group, &p, &q, &p, &q, &d);
	mbedtls_internal_ecp_normalize_mxz(&group, &p);
}

int main(void)
{
	on_p256();
	on_25519();
	return 0;
}
