// What mbedTLS asks for on P-256 and Curve25519, with whole products by tls-p256.c and tls-x25519.c; other curves go on
// to mbedTLS's own. Parameters and results are those of the functions of mbedTLS whose names they have.

#ifndef TLS_ECP_H
#define TLS_ECP_H

#include "mbedtls/build_info.h"

#ifdef TLS_FIAT_CURVES

#include "port/curves/tls-port-ecp.h"

int xstls_ecp_mul(mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_mpi *m, const mbedtls_ecp_point *p,
                  xstls_port_random random, void *context);
int xstls_ecp_mul_restartable(mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_mpi *m,
                              const mbedtls_ecp_point *p, xstls_port_random random, void *context,
                              mbedtls_ecp_restart_ctx *restart);
int xstls_ecp_muladd_restartable(mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_mpi *m,
                                 const mbedtls_ecp_point *p, const mbedtls_mpi *n, const mbedtls_ecp_point *q,
                                 mbedtls_ecp_restart_ctx *restart);
int xstls_mpi_gcd_modinv_odd(mbedtls_mpi *gcd, mbedtls_mpi *inverse, const mbedtls_mpi *a, const mbedtls_mpi *modulus);

#endif

#endif
