// Certificates that the device makes for itself (row Z5).

#ifndef TLS_MAKE_CERTIFICATE_H
#define TLS_MAKE_CERTIFICATE_H

#include <stdbool.h>

#include "port/tls-error.h"
#include "tls-make-types.h"

typedef struct {
	const char *subject;     // RFC 4514, such as "CN=device"
	const char *issuer;      // the issuer's subject; the same as `subject` when it signs itself
	xstls_bytes subject_key; // private keys, DER
	xstls_bytes issuer_key;  // the same as subject_key when it signs itself
	xstls_bytes names;       // GeneralNames without their outer tag (RFC 5280 §4.2.1.6); none when empty
	xstls_bytes constraints; // NameConstraints without their outer tag (RFC 5280 §4.2.1.10); none when empty
	xstls_bytes challenge;   // SHA-256 for acmeIdentifier (RFC 8737 §3); none when empty
	const char *not_before;  // YYYYMMDDhhmmss, UTC
	const char *not_after;
	bool is_authority; // may sign leaves, and nothing below them
} xstls_certificate_terms;

// A certificate with a random serial number of 16 bytes. A leaf is for servers and clients.
xstls_error xstls_make_certificate(const xstls_certificate_terms *terms, xstls_output *output);

#endif
