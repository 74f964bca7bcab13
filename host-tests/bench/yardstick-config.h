// What the C server's mbedTLS is built with: this project's configuration, and buffers for the records that peers send
// after the handshake too, for the C server has no other record layer.

#ifndef YARDSTICK_CONFIG_H
#define YARDSTICK_CONFIG_H

#include "port/tls-mbedtls-config.h"

#undef MBEDTLS_SSL_VARIABLE_BUFFER_LENGTH
#undef MBEDTLS_SSL_IN_CONTENT_LEN
#define MBEDTLS_SSL_IN_CONTENT_LEN 16384

#endif
