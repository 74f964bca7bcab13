// Whom a configuration trusts beyond the CA certificates given one by one: a bundle of roots, pinned keys, and what
// counts while the clock is not set. All setters answer TLS_E_STATE once the configuration is sealed.

#ifndef TLS_TRUST_H
#define TLS_TRUST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tls-bundle.h"
#include "config/tls-config.h"

enum { TLS_PIN_SIZE = 32 }; // SHA-256

typedef struct {
	tls_bundle bundle;
	uint8_t *owned; // the bundle's bytes when they are a copy
	uint8_t *pins;  // TLS_PIN_SIZE bytes each
	size_t pin_count;
	int64_t clock_floor; // seconds since 1970; while the clock shows less, dates do not count. 0: they always do
	bool ignores_name;
} tls_trust;

// Roots to look the peer's issuer up in (row C2), beside those of tls_config_add_ca. Without `copy`, `data` must stay
// where it is until the configuration is released. TLS_E_CA_INVALID when it is no bundle.
tls_error tls_config_set_bundle(tls_config *config, const uint8_t *data, size_t length, bool copy);
// SHA-256 of a SubjectPublicKeyInfo that the peer's own certificate may have. With pins and no CA at all, a pinned key
// is trusted for itself; with a CA, both must hold.
tls_error tls_config_add_pin(tls_config *config, const uint8_t *hash, size_t length);
// Dates of certificates do not count while the clock shows less than `seconds` since 1970. 0, the default: they do.
tls_error tls_config_set_clock_floor(tls_config *config, int64_t seconds);
// A client takes a certificate that is for another name.
tls_error tls_config_ignore_name(tls_config *config);

// What became of the verification of a chain.
typedef struct {
	tls_error code;        // TLS_E_NONE when it is good
	uint32_t verify_flags; // MBEDTLS_X509_BADCERT_*
	int depth;             // of the certificate that failed, 0 is the first; -1 when none did
} tls_chain_verdict;

// What a certificate is to be good for, by its (extended) key usage.
typedef enum {
	TLS_USAGE_ANY = 0,
	TLS_USAGE_SERVER = 1,
	TLS_USAGE_CLIENT = 2,
} tls_usage;

// Verifies certificates as those of a peer (row D6): DER one after the other, or PEM; the peer's own is the first, the
// others may have any order. Names are not compared. TLS_E_CERTIFICATE_INVALID when they cannot be parsed.
tls_chain_verdict tls_config_verify_chain(tls_config *config, const uint8_t *chain, size_t length, tls_usage usage);

#endif
