// mbedTLS's bignum.c in place of itself, for the inverse that a signature asks for (crypto/tls-ecp.c).

#define TLS_LIBRARY_NAMES

#include "mbedtls/build_info.h"

#ifdef TLS_FIAT_CURVES
#include <../library/bignum.c>
#endif
