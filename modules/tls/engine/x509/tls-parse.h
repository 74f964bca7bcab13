// Parses certificates and private keys, PEM or DER, by the same rules for all that takes them.

#ifndef TLS_PARSE_H
#define TLS_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mbedtls/pk.h"
#include "mbedtls/x509_crt.h"

// Appends all certificates to `into`. 0, or an mbedTLS or PSA error when one of them does not parse, a block was cut
// off or bytes follow the last one in DER; `into` may have some of the certificates then.
int xstls_parse_certificates(mbedtls_x509_crt *into, const uint8_t *data, size_t length);
// Bytes of the Certificate message with this chain, header included. It is that of TLS 1.3 (RFC 8446 §4.4.2), the
// longer one, so that a chain does not become bad by a change of versions.
size_t xstls_parse_message_length(const mbedtls_x509_crt *chain);
// Bytes that so many certificates may have together in the longest message that a server can send.
size_t xstls_parse_most_sent(size_t count);
// Whether a server can send it, and whether mbedTLS can by itself, in one record.
bool xstls_parse_fits_message(const mbedtls_x509_crt *chain);
bool xstls_parse_fits_library(const mbedtls_x509_crt *chain);
// Parses a private key. 0, or an mbedTLS or PSA error.
int xstls_parse_key(mbedtls_pk_context *key, const uint8_t *data, size_t length);

#endif
