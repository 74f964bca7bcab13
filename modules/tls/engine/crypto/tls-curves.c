#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "tls-curves.h"

#ifdef TLS_FIAT_CURVES

#include <string.h>

#include <../library/ecp_internal_alt.h>

unsigned char mbedtls_internal_ecp_grp_capable(const mbedtls_ecp_group *group)
{
	return group->id == MBEDTLS_ECP_DP_SECP256R1 || group->id == MBEDTLS_ECP_DP_CURVE25519;
}

int mbedtls_internal_ecp_init(const mbedtls_ecp_group *group)
{
	(void)group;
	return 0;
}

void mbedtls_internal_ecp_free(const mbedtls_ecp_group *group)
{
	(void)group;
}

int xstls_curve_read(mbedtls_mpi_uint words[], size_t count, const mbedtls_mpi *number)
{
	size_t length = number->n < count ? number->n : count;
	mbedtls_mpi_uint beyond = 0;

	for (size_t i = 0; i < length; i++)
		words[i] = number->p[i];
	for (size_t i = length; i < count; i++)
		words[i] = 0;
	for (size_t i = count; i < number->n; i++)
		beyond |= number->p[i];
	return beyond || number->s < 0 ? MBEDTLS_ERR_ECP_BAD_INPUT_DATA : 0;
}

int xstls_curve_write(mbedtls_mpi *number, const mbedtls_mpi_uint words[], size_t count)
{
	int error = mbedtls_mpi_grow(number, count);

	if (error)
		return error;
	memcpy(number->p, words, count * sizeof(*words));
	if (number->n > count)
		memset(number->p + count, 0, (number->n - count) * sizeof(*words));
	number->s = 1;
	return 0;
}

#endif
