// mbedTLS's powers modulo an odd number, which crypto/numbers/tls-power.c makes. Before version 4 mbedTLS's bignum.c is
// compiled with other names for them (port/curves/tls-port-library-bignum.c), and the linker is told to from then on
// (--wrap). Chips with big numbers in hardware make powers above this, and come here with those alone that are too long
// for it.

#ifndef TLS_PORT_POWER_H
#define TLS_PORT_POWER_H

#include "mbedtls/build_info.h"

#if MBEDTLS_VERSION_NUMBER < 0x04000000
#include "mbedtls/bignum.h"
#define xstls_port_power_room xstls_mpi_core_exp_mod_working_limbs
#else
#include "mbedtls/private/bignum.h"
#define xstls_mpi_core_exp_mod __wrap_mbedtls_mpi_core_exp_mod
#define xstls_mpi_core_exp_mod_working_limbs __wrap_mbedtls_mpi_core_exp_mod_working_limbs
// How many limbs mbedTLS gives for a power: ours or its own say it, as the linker was told.
size_t xstls_port_power_room(size_t limbs, size_t e_limbs);
#endif

#endif
