// mbedTLS's psa_crypto_rsa.c in place of itself, so that signatures come to crypto/tls-rsa.c.

#define TLS_LIBRARY_NAMES

#include "mbedtls/build_info.h"

#if defined(TLS_FIAT_CURVES) && MBEDTLS_VERSION_NUMBER < 0x04000000
#include <../library/psa_crypto_rsa.c>
#endif
