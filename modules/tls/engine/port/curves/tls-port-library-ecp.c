// mbedTLS's ecp.c in place of itself, so that what other files ask of it comes to crypto/tls-ecp.c.

#define TLS_LIBRARY_NAMES

#include "mbedtls/build_info.h"

#ifdef TLS_FIAT_CURVES
#include <../library/ecp.c>
#endif
