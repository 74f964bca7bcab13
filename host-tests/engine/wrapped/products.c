#include "products.h"

#include "crypto/tls-p256-order.h"
#include "crypto/tls-p256.h"
#include "crypto/tls-x25519.h"
#include "port/curves/tls-port-ecp.h"

products products_made;

#define P256_PARAMETERS                                                                                                \
	xstls_p256_point *out, const uint8_t *scalar, const xstls_p256_point *point, const uint8_t *random
#define SUM_PARAMETERS                                                                                                 \
	xstls_p256_point *out, const uint8_t *m, const xstls_p256_point *p, const uint8_t *n, const xstls_p256_point *q
#define LIBRARY_PARAMETERS                                                                                             \
	mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_mpi *m, const mbedtls_ecp_point *p,                  \
	    xstls_port_random random, void *context, mbedtls_ecp_restart_ctx *restart

bool __real_xstls_p256_multiply(P256_PARAMETERS);
bool __wrap_xstls_p256_multiply(P256_PARAMETERS);
bool __real_xstls_p256_multiply_add(SUM_PARAMETERS);
bool __wrap_xstls_p256_multiply_add(SUM_PARAMETERS);
bool __real_xstls_x25519_base(uint8_t *out, const uint8_t *scalar, const uint8_t *random);
bool __wrap_xstls_x25519_base(uint8_t *out, const uint8_t *scalar, const uint8_t *random);
bool __real_xstls_x25519(uint8_t *out, const uint8_t *scalar, const uint8_t *u, const uint8_t *random);
bool __wrap_xstls_x25519(uint8_t *out, const uint8_t *scalar, const uint8_t *u, const uint8_t *random);
void __real_xstls_p256_invert_scalar(uint8_t *out, const uint8_t *in);
void __wrap_xstls_p256_invert_scalar(uint8_t *out, const uint8_t *in);
int __real_xstls_library_ecp_mul_restartable(LIBRARY_PARAMETERS);
int __wrap_xstls_library_ecp_mul_restartable(LIBRARY_PARAMETERS);

bool __wrap_xstls_p256_multiply(P256_PARAMETERS)
{
	products_made.p256++;
	return __real_xstls_p256_multiply(out, scalar, point, random);
}

bool __wrap_xstls_p256_multiply_add(SUM_PARAMETERS)
{
	products_made.sums++;
	return __real_xstls_p256_multiply_add(out, m, p, n, q);
}

bool __wrap_xstls_x25519(uint8_t *out, const uint8_t *scalar, const uint8_t *u, const uint8_t *random)
{
	products_made.x25519++;
	return __real_xstls_x25519(out, scalar, u, random);
}

bool __wrap_xstls_x25519_base(uint8_t *out, const uint8_t *scalar, const uint8_t *random)
{
	products_made.x25519_base++;
	return __real_xstls_x25519_base(out, scalar, random);
}

void __wrap_xstls_p256_invert_scalar(uint8_t *out, const uint8_t *in)
{
	products_made.inverses++;
	__real_xstls_p256_invert_scalar(out, in);
}

int __wrap_xstls_library_ecp_mul_restartable(LIBRARY_PARAMETERS)
{
	products_made.library++;
	return __real_xstls_library_ecp_mul_restartable(group, r, m, p, random, context, restart);
}
