// mbedTLS for the ESP8266: this project's configuration (tls-mbedtls-config.h), and what 80 kB of RAM ask for.
// Compiled, not yet run on a device.

#ifndef TLS_MBEDTLS_CONFIG_ESP8266_H
#define TLS_MBEDTLS_CONFIG_ESP8266_H

#include "tls-mbedtls-config.h"

// Randomness is the chip's own (tls-port-esp8266.c); there is no file or device to read it from.
#define MBEDTLS_NO_PLATFORM_ENTROPY
#define MBEDTLS_ENTROPY_HARDWARE_ALT

// The C library here has no time(), so nothing expires and TLS 1.3 tickets, which carry an age, are not made.
#undef MBEDTLS_HAVE_TIME
#undef MBEDTLS_HAVE_TIME_DATE

// Tables are read from flash, and small code counts for more than quick code.
#define MBEDTLS_AES_ROM_TABLES
#define MBEDTLS_AES_FEWER_TABLES
#define MBEDTLS_SHA256_SMALLER
#define MBEDTLS_SHA512_SMALLER
#undef MBEDTLS_SHA256_PROCESS_ALT
#undef mbedtls_internal_sha256_process
#undef MBEDTLS_ECP_DP_SECP521R1_ENABLED
#undef MBEDTLS_ECP_DP_CURVE448_ENABLED
#undef MBEDTLS_DHM_C
#undef MBEDTLS_SHA3_C
#undef MBEDTLS_ECJPAKE_C
#undef MBEDTLS_CIPHER_MODE_CFB
#undef MBEDTLS_CIPHER_MODE_OFB
#undef MBEDTLS_CIPHER_MODE_XTS

// A browser's ClientHello has up to 2.1 kB. A peer that sends larger records is refused (record_overflow).
#undef MBEDTLS_SSL_IN_CONTENT_LEN
#define MBEDTLS_SSL_IN_CONTENT_LEN 4096
#undef MBEDTLS_SSL_OUT_CONTENT_LEN
#define MBEDTLS_SSL_OUT_CONTENT_LEN 2048

#endif
