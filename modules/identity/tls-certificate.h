// What there is to know of a certificate and a key before they are used: whose, until when, whether they belong
// together, and the fingerprints that name them.

#ifndef TLS_CERTIFICATE_H
#define TLS_CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tls-error.h"

enum { TLS_FINGERPRINT = 32 }; // bytes of SHA-256

typedef struct tls_certificate tls_certificate;

// The first certificate of PEM or DER. NULL with `*error` CERTIFICATE_INVALID, MEMORY or RANDOM. DER is not copied: it
// must stay until the certificate is freed, so read what is wanted and free it.
tls_certificate *tls_certificate_open(const uint8_t *data, size_t length, tls_error *error);
void tls_certificate_free(tls_certificate *certificate);

// The subject as RFC 4514 writes it, cut off at `size` with its NUL.
void tls_certificate_subject(const tls_certificate *certificate, char *text, size_t size);
// Seconds since 1970.
int64_t tls_certificate_not_before(const tls_certificate *certificate);
int64_t tls_certificate_not_after(const tls_certificate *certificate);
bool tls_certificate_is_authority(const tls_certificate *certificate);
// SHA-256 of the whole certificate, and of its public key (SubjectPublicKeyInfo).
bool tls_certificate_fingerprint(const tls_certificate *certificate, uint8_t fingerprint[TLS_FINGERPRINT]);
tls_error tls_certificate_public_key(const tls_certificate *certificate, uint8_t fingerprint[TLS_FINGERPRINT]);

// SHA-256 of the public half of a private key in PEM or DER. KEY_INVALID, MEMORY or RANDOM.
tls_error tls_key_public_key(const uint8_t *data, size_t length, uint8_t fingerprint[TLS_FINGERPRINT]);

#endif
