// Powers modulo an odd number, as in a signature by an RSA key. Nothing but the lengths of the numbers decides how long
// they take.

#ifndef TLS_POWER_H
#define TLS_POWER_H

#include "port/curves/tls-port-words.h"
#include "port/library/tls-port-power.h"

// Words that are needed for a power with `window` bits of its exponent at once.
#define XSTLS_POWER_ROOM(window, words) ((((size_t)1 << (window)) + 3) * (words))

// x = a^e modulo n, where x and a are in Montgomery form, and `radix_squared` is that of 1 (tls-montgomery.h). `room`
// is for XSTLS_POWER_ROOM. x may be a.
void xstls_power(xstls_word *x, const xstls_word *a, const xstls_word *n, size_t words, const xstls_word *e,
                 size_t e_words, const xstls_word *radix_squared, int window, xstls_word *room);

#ifdef TLS_FIAT_CURVES
// The same as mbedTLS's own functions, whose names they have.
size_t xstls_mpi_core_exp_mod_working_limbs(size_t limbs, size_t e_limbs);
void xstls_mpi_core_exp_mod(mbedtls_mpi_uint *x, const mbedtls_mpi_uint *a, const mbedtls_mpi_uint *n, size_t limbs,
                            const mbedtls_mpi_uint *e, size_t e_limbs, const mbedtls_mpi_uint *radix_squared,
                            mbedtls_mpi_uint *working);
#endif

#endif
