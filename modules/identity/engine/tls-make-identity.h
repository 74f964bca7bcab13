// Keys, certificates and signing requests that the device makes for itself (row Z5). Input and output are
// the caller's bytes; no state is kept.

#ifndef TLS_MAKE_IDENTITY_H
#define TLS_MAKE_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"

typedef struct {
	const uint8_t *data;
	size_t length;
} tls_bytes;

// Where a product goes; `length` is written, and 0 when there is none.
typedef struct {
	uint8_t *data;
	size_t size;
	size_t length;
} tls_product;

typedef struct {
	const char *subject;    // RFC 4514, such as "CN=device"
	const char *issuer;     // the issuer's subject; the same as `subject` when it signs itself
	tls_bytes subject_key;  // private keys, DER
	tls_bytes issuer_key;   // the same as subject_key when it signs itself
	tls_bytes names;        // GeneralNames without their outer tag (RFC 5280 §4.2.1.6); none when empty
	tls_bytes constraints;  // NameConstraints without their outer tag (RFC 5280 §4.2.1.10); none when empty
	const char *not_before; // YYYYMMDDhhmmss, UTC
	const char *not_after;
	bool is_authority; // may sign leaves, and nothing below them
} tls_certificate_terms;

// A new P-256 key from PSA's randomness, as PKCS #8.
tls_error tls_make_key(tls_product *product);
// A certificate with a random serial number of 16 bytes. A leaf is for servers and clients.
tls_error tls_make_certificate(const tls_certificate_terms *terms, tls_product *product);
// A signing request (PKCS #10) that asks for those names.
tls_error tls_make_request(const char *subject, tls_bytes key, tls_bytes names, tls_product *product);

#endif
