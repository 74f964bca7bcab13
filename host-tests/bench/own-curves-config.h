// This project's mbedTLS, but with mbedTLS's own curve code: what `make bench` measures the other against.

#ifndef OWN_CURVES_CONFIG_H
#define OWN_CURVES_CONFIG_H

#include "port/tls-mbedtls-config.h"

#undef MBEDTLS_ECP_INTERNAL_ALT
#undef MBEDTLS_ECP_ADD_MIXED_ALT
#undef MBEDTLS_ECP_DOUBLE_JAC_ALT
#undef MBEDTLS_ECP_RANDOMIZE_JAC_ALT
#undef MBEDTLS_ECP_NORMALIZE_JAC_ALT
#undef MBEDTLS_ECP_NORMALIZE_JAC_MANY_ALT
#undef MBEDTLS_ECP_DOUBLE_ADD_MXZ_ALT
#undef MBEDTLS_ECP_RANDOMIZE_MXZ_ALT
#undef MBEDTLS_ECP_NORMALIZE_MXZ_ALT

#endif
