// Whom a configuration trusts: CA certificates, a bundle of roots, pinned keys, and from when on dates count.

#ifndef TLS_TRUST_H
#define TLS_TRUST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mbedtls/ssl.h"

#include "port/tls-error.h"
#include "tls-bundle.h"

enum { TLS_PIN_SIZE = 32 }; // SHA-256

typedef struct xstls_trust {
	mbedtls_x509_crt ca;
	xstls_bundle bundle;
	uint8_t *owned; // the bundle's bytes when they are a copy
	uint8_t *pins;  // TLS_PIN_SIZE bytes each
	size_t pin_count;
	int64_t clock_floor; // seconds since 1970; while the clock shows less, dates do not count. 0: they always do
	bool ignores_name;
} xstls_trust;

void xstls_trust_init(xstls_trust *trust);
void xstls_trust_free(xstls_trust *trust);

// Roots to look the peer's issuer up in, beside the CA certificates. Without `copy` the caller keeps the bytes.
// CA_INVALID when it is no bundle.
xstls_error xstls_trust_set_bundle(xstls_trust *trust, const uint8_t *data, size_t length, bool copy);
// SHA-256 of a SubjectPublicKeyInfo that the peer's own certificate may have. Without any CA, a pinned key is trusted
// for itself; with one, both must hold.
xstls_error xstls_trust_add_pin(xstls_trust *trust, const uint8_t *hash, size_t length);

// Tells `ssl` where to look for a peer's issuer.
void xstls_trust_apply(xstls_trust *trust, mbedtls_ssl_config *ssl);
// mbedTLS's callback: the trusted certificates that may have issued `child`. mbedTLS frees them.
int xstls_trust_find_issuers(void *trust, const mbedtls_x509_crt *child, mbedtls_x509_crt **issuers);

// Whether dates count: not while the clock is not set.
bool xstls_trust_counts_dates(const xstls_trust *trust);
// Clears those of a certificate's flags that do not count, and sets BADCERT_OTHER when it should be pinned and is not.
void xstls_trust_judge(const xstls_trust *trust, const mbedtls_x509_crt *certificate, int depth, uint32_t *flags);
// Sets BADCERT_BAD_PK when the certificate's signature is by none of the algorithms in `allowed`. A certificate that is
// trusted by its pinned key has no signature to judge.
void xstls_trust_judge_signature(const xstls_trust *trust, const uint16_t *allowed, size_t count,
                                 const mbedtls_x509_crt *certificate, uint32_t *flags);

#endif
