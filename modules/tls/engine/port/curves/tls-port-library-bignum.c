// mbedTLS's bignum.c in place of itself, for the inverse that a signature asks for (crypto/tls-ecp.c), and for powers
// (crypto/numbers/tls-power.c).

#define TLS_LIBRARY_NAMES

#include "mbedtls/build_info.h"

#if defined(TLS_FIAT_CURVES) && MBEDTLS_VERSION_NUMBER < 0x04000000
#define mbedtls_mpi_core_exp_mod xstls_mpi_core_exp_mod
#define mbedtls_mpi_core_exp_mod_working_limbs xstls_mpi_core_exp_mod_working_limbs
#include <../library/bignum.c>
#endif
