// Certificates and keys out of PEM or DER: one rule for everything that reads them.

#ifndef TLS_PARSE_H
#define TLS_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mbedtls/pk.h"
#include "mbedtls/x509_crt.h"

// Appends all certificates to `into`. 0, or an mbedTLS or PSA error when one of them does not parse, a block was cut
// off or something stands behind the last one in DER; some may have been appended then.
int tls_parse_certificates(mbedtls_x509_crt *into, const uint8_t *data, size_t length);
// Whether the Certificate message with this chain can be sent, which is not cut up. That of TLS 1.3 is the longer one
// (RFC 8446 §4.4.2), and is what is asked for whatever the version: a chain does not become bad by a change of those.
bool tls_parse_fits_message(const mbedtls_x509_crt *chain);
// 0, or an mbedTLS or PSA error.
int tls_parse_key(mbedtls_pk_context *key, const uint8_t *data, size_t length);

#endif
