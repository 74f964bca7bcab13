// Products on curves, which mbedTLS asks crypto/tls-ecp.c for. Before version 4 its own files are compiled with other
// names (tls-mbedtls-config.h); from then on the linker is told to (--wrap), and the names are what it makes of them.

#ifndef TLS_PORT_ECP_H
#define TLS_PORT_ECP_H

#include "mbedtls/build_info.h"

#if MBEDTLS_VERSION_NUMBER < 0x04000000
#include "mbedtls/ecp.h"
#else
#include "mbedtls/private/ecp.h"
#define xstls_ecp_mul __wrap_mbedtls_ecp_mul
#define xstls_ecp_mul_restartable __wrap_mbedtls_ecp_mul_restartable
#define xstls_ecp_muladd_restartable __wrap_mbedtls_ecp_muladd_restartable
#define xstls_mpi_gcd_modinv_odd __wrap_mbedtls_mpi_gcd_modinv_odd
#define xstls_library_ecp_mul_restartable __real_mbedtls_ecp_mul_restartable
#define xstls_library_ecp_muladd_restartable __real_mbedtls_ecp_muladd_restartable
#define xstls_library_mpi_gcd_modinv_odd __real_mbedtls_mpi_gcd_modinv_odd
#endif

typedef int (*xstls_port_random)(void *context, unsigned char *out, size_t length);

// mbedTLS's own.
int xstls_library_ecp_mul_restartable(mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_mpi *m,
                                      const mbedtls_ecp_point *p, xstls_port_random random, void *context,
                                      mbedtls_ecp_restart_ctx *restart);
int xstls_library_ecp_muladd_restartable(mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_mpi *m,
                                         const mbedtls_ecp_point *p, const mbedtls_mpi *n, const mbedtls_ecp_point *q,
                                         mbedtls_ecp_restart_ctx *restart);
// Not there before 3.6.5, and then nothing asks for ours.
__attribute__((weak)) int xstls_library_mpi_gcd_modinv_odd(mbedtls_mpi *gcd, mbedtls_mpi *inverse, const mbedtls_mpi *a,
                                                           const mbedtls_mpi *modulus);

#endif
