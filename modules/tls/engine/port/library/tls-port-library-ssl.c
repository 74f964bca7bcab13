// mbedTLS's ssl_tls.c in place of itself, so that it has a key block from tls-port-key-block.c.

#include "mbedtls/build_info.h"

#if defined(TLS_FIAT_CURVES) && MBEDTLS_VERSION_NUMBER < 0x04000000
#define psa_key_derivation_output_bytes xstls_output_bytes
#include <../library/ssl_tls.c>
#endif
