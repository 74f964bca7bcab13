// Faster arithmetic for the two curves that TLS clients choose, P-256 and Curve25519, in place of functions of
// mbedTLS's (MBEDTLS_ECP_INTERNAL_ALT in tls-mbedtls-config.h).
//
// Keys and their checks, the comb and the ladder with their blinding, ECDSA and ECDH stay mbedTLS's. What it calls here
// is one step of a multiplication. The field arithmetic of the step is fiat-crypto's, which was generated together with
// a proof of it, and has neither branches nor table look-ups.
//
// Within a multiplication coordinates stay in fiat-crypto's representation, for converting them at each step would cost
// as much as the step. The words of it are kept in mbedTLS's numbers, which mbedTLS copies and does not compute with.

#ifndef TLS_CURVES_H
#define TLS_CURVES_H

#include "mbedtls/build_info.h"

#ifdef TLS_FIAT_CURVES

#include "mbedtls/ecp.h"

// Words of a plain coordinate: either field has up to 256 bits.
#define TLS_CURVE_WORDS (32 / sizeof(mbedtls_mpi_uint))

// Between words and mbedTLS's number, which keeps none beyond `count`. 0, or an error of mbedTLS.
int xstls_curve_read(mbedtls_mpi_uint words[], size_t count, const mbedtls_mpi *number);
int xstls_curve_write(mbedtls_mpi *number, const mbedtls_mpi_uint words[], size_t count);

#endif

#endif
