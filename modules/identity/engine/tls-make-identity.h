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
} xstls_bytes;

// A buffer for DER, `size` bytes long; `length` bytes of it were written, 0 after an error.
typedef struct {
	uint8_t *data;
	size_t size;
	size_t length;
} xstls_output;

typedef struct {
	const char *subject;     // RFC 4514, such as "CN=device"
	const char *issuer;      // the issuer's subject; the same as `subject` when it signs itself
	xstls_bytes subject_key; // private keys, DER
	xstls_bytes issuer_key;  // the same as subject_key when it signs itself
	xstls_bytes names;       // GeneralNames without their outer tag (RFC 5280 §4.2.1.6); none when empty
	xstls_bytes constraints; // NameConstraints without their outer tag (RFC 5280 §4.2.1.10); none when empty
	const char *not_before;  // YYYYMMDDhhmmss, UTC
	const char *not_after;
	bool is_authority; // may sign leaves, and nothing below them
} xstls_certificate_terms;

// A new P-256 key from PSA's randomness, as PKCS #8.
xstls_error xstls_make_key(xstls_output *output);
// A certificate with a random serial number of 16 bytes. A leaf is for servers and clients.
xstls_error xstls_make_certificate(const xstls_certificate_terms *terms, xstls_output *output);
// A signing request (PKCS #10) that asks for those names.
xstls_error xstls_make_request(const char *subject, xstls_bytes key, xstls_bytes names, xstls_output *output);

#endif
