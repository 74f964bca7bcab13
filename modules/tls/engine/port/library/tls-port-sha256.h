// SHA-256's compression (FIPS 180-4, section 6.2.2), which mbedTLS before version 4 lets others make
// (tls-mbedtls-config.h): in three quarters of its own code's instructions. Chips hash in hardware.

#ifndef TLS_PORT_SHA256_H
#define TLS_PORT_SHA256_H

#include "mbedtls/build_info.h"

#ifdef MBEDTLS_SHA256_PROCESS_ALT
#include "mbedtls/sha256.h"

// As mbedtls_internal_sha256_process, whose name it has. Always 0.
int xstls_port_sha256_process(mbedtls_sha256_context *context, const unsigned char block[64]);
#endif

#endif
