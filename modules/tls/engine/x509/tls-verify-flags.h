// The error code and the alert for mbedTLS's flags of a verified chain (MBEDTLS_X509_BADCERT_*).

#ifndef TLS_VERIFY_FLAGS_H
#define TLS_VERIFY_FLAGS_H

#include <stdint.h>

#include "port/tls-error.h"

// mbedTLS's flags of a chain that was not verified.
#define TLS_NOT_VERIFIED UINT32_MAX

// The code of the most specific flag; NONE when no flag is set, CERTIFICATE_UNTRUSTED for a flag that has no code and
// for a chain that was not verified.
xstls_error xstls_verify_flags_code(uint32_t flags);
// The alert that mbedTLS sends for them.
uint8_t xstls_verify_flags_alert(uint32_t flags);

#endif
