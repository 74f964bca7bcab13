// mbedTLS's bignum.c in place of itself, for the inverse that a signature asks for (crypto/tls-ecp.c).

#define TLS_LIBRARY_NAMES

#include "mbedtls/build_info.h"

#if defined(TLS_FIAT_CURVES) && MBEDTLS_VERSION_NUMBER < 0x04000000
#include <../library/bignum.c>
#endif
