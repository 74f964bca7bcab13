// What a configuration holds. mbedTLS keeps pointers to what it is given, so the configuration owns it all, and a
// session holds a reference to the configuration.

#ifndef TLS_CONFIG_STATE_H
#define TLS_CONFIG_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mbedtls/ssl.h"

#include "crypto/tls-rsa.h"
#include "resumption/tls-binding.h"
#include "resumption/tls-psk.h"
#include "resumption/tls-resumption.h"
#include "tls-config-types.h"
#include "tls-policy.h"
#include "trust/tls-trust.h"

typedef struct xstls_identity {
	struct xstls_identity *next;
	mbedtls_x509_crt chain;
	mbedtls_pk_context key;
	// With a chain that is longer than what mbedTLS can write: has this identity alone. Else NULL.
	mbedtls_ssl_config *alone;
	xstls_rsa_place rsa; // of an RSA key
	uint16_t group;      // IANA number of an EC key's curve, 0 when it has none
} xstls_identity;

enum { TLS_POLICY_MOST = 24 };

// Numbers that were named, 0 behind the last; NULL when none was. Those of suites are int, the others uint16_t, as
// mbedTLS wants them.
typedef struct {
	void *numbers;
	size_t count;
} xstls_policy_choice;

struct xstls_config {
	mbedtls_ssl_config ssl[2];  // by role
	xstls_identity *identities; // in order of preference
	xstls_trust trust;
	xstls_policy_choice allowed[TLS_POLICY_LISTS];
	const char **alpn; // NULL-terminated; the names stand behind the pointers, each allocated alone
	size_t alpn_count;
	uint8_t *psk_hint; // of a server, NULL for none
	size_t psk_hint_length;
	xstls_psks *psks;                // of a server, NULL for none
	xstls_resumption *resumption;    // NULL: sessions are not resumed
	uint8_t binding[2][TLS_BINDING]; // by role
	uint16_t receive, transmit;      // most plaintext in a record
	uint16_t lowest, highest;        // versions
	xstls_verify verify[2];          // by role
	unsigned references;
	int library_error;
	bool has_client_psk;
	bool allows_weak_identity;
	bool sealed;
	bool broken; // a setter failed half-way
};

#endif
