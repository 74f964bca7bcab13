// Reads certificates and keys before they are used: subject, dates, fingerprints, whether they belong together.

#ifndef TLS_CERTIFICATE_H
#define TLS_CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"

enum { TLS_FINGERPRINT = 32 }; // bytes of SHA-256

typedef struct {
	char subject[128];  // as RFC 4514 writes it, cut off where it is longer
	int64_t not_before; // seconds since 1970
	int64_t not_after;
	bool is_authority;
	bool is_self_issued;                  // subject and issuer are the same
	uint8_t fingerprint[TLS_FINGERPRINT]; // of the whole certificate
	uint8_t public_key[TLS_FINGERPRINT];  // of its public key (SubjectPublicKeyInfo)
} xstls_certificate;

// The first certificate of PEM or DER, in which all must parse. CERTIFICATE_INVALID, MEMORY or RANDOM.
xstls_error xstls_certificate_read(const uint8_t *data, size_t length, xstls_certificate *certificate);

// All certificates, one behind the other: `*written` bytes of DER. The same, and ARGUMENT when `size` is too small.
xstls_error xstls_certificate_to_der(const uint8_t *data, size_t length, uint8_t *der, size_t size, size_t *written);

// Whether a chain can be sent: CERTIFICATE_UNTRUSTED when a certificate was not signed by the one behind it,
// RECORD_OVERFLOW when it does not fit into one record, for mbedTLS does not fragment handshake messages.
xstls_error xstls_certificate_check_chain(const uint8_t *data, size_t length);

// Bytes of DER that so many certificates may have together in a chain that can be sent.
size_t xstls_certificate_most_sent(size_t count);

// SHA-256 of the public half of a private key in PEM or DER. KEY_INVALID, MEMORY or RANDOM.
xstls_error xstls_key_public_key(const uint8_t *data, size_t length, uint8_t fingerprint[TLS_FINGERPRINT]);

#endif
