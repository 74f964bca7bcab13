// Faster arithmetic for the two curves that TLS clients choose, P-256 and Curve25519, behind the functions that mbedTLS
// lets somebody else supply (MBEDTLS_ECP_INTERNAL_ALT in tls-mbedtls-config.h).
//
// All that is about secrets and protocols stays mbedTLS's: keys and their checks, the comb and the ladder with their
// blinding, ECDSA, ECDH. What it asks for here is one step of a multiplication. The field arithmetic under that is
// fiat-crypto's, which was generated together with a proof that it is right, and has neither branches nor look-ups.
//
// Within a multiplication the coordinates stay in fiat-crypto's representation, for converting them at each step would
// cost as much as the step. mbedTLS only copies them then, whole: the raw words are in its numbers, not values that it
// could compute with.

#ifndef TLS_CURVES_H
#define TLS_CURVES_H

#include "mbedtls/build_info.h"

#ifdef TLS_FIAT_CURVES

#include "mbedtls/ecp.h"

// Words of a plain coordinate: either field has up to 256 bits.
#define TLS_CURVE_WORDS (32 / sizeof(mbedtls_mpi_uint))

// Between words and mbedTLS's number, which keeps none beyond `count`. 0, or an error of mbedTLS.
int tls_curve_read(mbedtls_mpi_uint words[], size_t count, const mbedtls_mpi *number);
int tls_curve_write(mbedtls_mpi *number, const mbedtls_mpi_uint words[], size_t count);

#endif

#endif
