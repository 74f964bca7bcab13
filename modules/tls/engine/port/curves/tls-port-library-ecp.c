// mbedTLS's ecp.c in place of itself, so that what other files ask of it comes to crypto/tls-ecp.c.

#define TLS_LIBRARY_NAMES

#include "mbedtls/build_info.h"

#if defined(TLS_FIAT_CURVES) && MBEDTLS_VERSION_NUMBER < 0x04000000
#include <../library/ecp.c>
#endif
