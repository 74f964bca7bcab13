#include "curve-steps.h"

#include "mbedtls/ecp.h"

curve_steps curve_steps_done;

#define DOUBLE_PARAMETERS const mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_ecp_point *p
#define LADDER_PARAMETERS                                                                                              \
	const mbedtls_ecp_group *group, mbedtls_ecp_point *r, mbedtls_ecp_point *s, const mbedtls_ecp_point *p,            \
	    const mbedtls_ecp_point *q, const mbedtls_mpi *d

int __real_mbedtls_internal_ecp_double_jac(DOUBLE_PARAMETERS);
int __wrap_mbedtls_internal_ecp_double_jac(DOUBLE_PARAMETERS);
int __real_mbedtls_internal_ecp_double_add_mxz(LADDER_PARAMETERS);
int __wrap_mbedtls_internal_ecp_double_add_mxz(LADDER_PARAMETERS);

int __wrap_mbedtls_internal_ecp_double_jac(DOUBLE_PARAMETERS)
{
	curve_steps_done.p256++;
	return __real_mbedtls_internal_ecp_double_jac(group, r, p);
}

int __wrap_mbedtls_internal_ecp_double_add_mxz(LADDER_PARAMETERS)
{
	curve_steps_done.x25519++;
	return __real_mbedtls_internal_ecp_double_add_mxz(group, r, s, p, q, d);
}
