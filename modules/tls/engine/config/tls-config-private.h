// What the session may know of a configuration.

#ifndef TLS_CONFIG_PRIVATE_H
#define TLS_CONFIG_PRIVATE_H

#include "mbedtls/ssl.h"

#include "tls-config.h"
#include "tls-psk.h"
#include "resumption/tls-resumption.h"
#include "trust/tls-trust.h"

typedef struct tls_identity {
	struct tls_identity *next;
	mbedtls_x509_crt chain;
	mbedtls_pk_context key;
	uint16_t group; // IANA number of an EC key's curve, 0 when it has none
} tls_identity;

enum { TLS_POLICY_MOST = 24 };

// Numbers that were named, 0 behind the last; NULL when none was. Those of suites are int, the others uint16_t.
typedef struct {
	void *numbers;
	size_t count;
} tls_policy_choice;

struct tls_config {
	mbedtls_ssl_config ssl[2]; // by role
	tls_identity *identities;
	mbedtls_x509_crt ca;
	tls_trust trust;
	tls_policy_choice allowed[TLS_POLICY_LISTS];
	const char **alpn; // NULL-terminated; the names stand behind the pointers, each allocated alone
	size_t alpn_count;
	uint8_t *psk_hint; // of a server, NULL for none
	size_t psk_hint_length;
	tls_psks *psks;                             // of a server, NULL for none
	tls_resumption *resumption;                 // NULL: sessions are not resumed
	uint8_t binding[2][TLS_RESUMPTION_BINDING]; // by role, see tls-binding.c
	uint16_t receive, transmit;                 // most plaintext in a record
	uint16_t lowest, highest;                   // versions
	tls_verify verify[2];                       // by role
	struct tls_session *at_work; // that mbedTLS was called for last: its callbacks for sessions do not say
	unsigned references;
	int library_error;
	bool has_client_psk;
	bool sealed;
	bool broken; // a setter left it half done
};

// Before a setter calls mbedTLS.
void tls_config_forget_failure(tls_config *config);
// The error that a failed mbedTLS or PSA call stands for: `meaning`, unless memory was the reason.
tls_error tls_config_report(tls_config *config, int library, tls_error meaning);
// Parses PEM or DER, one certificate after the other. TLS_E_MEMORY, or `meaning` when they cannot be parsed.
tls_error tls_config_parse_certificates(tls_config *config, mbedtls_x509_crt *into, const uint8_t *data, size_t length,
                                        tls_error meaning);

// Gives `ssl` the suites, groups and signature algorithms.
void tls_policy_apply(tls_config *config, mbedtls_ssl_config *ssl, tls_role role);
void tls_policy_free(tls_config *config);
// The suites that a role may agree on, in order of preference; 0 behind the last, of TLS_POLICY_MOST at most.
const int *tls_policy_suites_of(const tls_config *config, tls_role role);
// Where in that list a suite stands; -1 when it is not there.
int tls_policy_place_of(const tls_config *config, tls_role role, int suite);
// A client that is about to be sealed: TLS 1.2's servers are asked for records that are not too long. Where TLS 1.3 is
// offered too they are not, for mbedTLS takes their answer for one that it has not asked for.
void tls_config_ask_for_fragments(tls_config *config);
// Computes the bindings of a configuration that is about to be sealed. False when memory is short.
bool tls_config_bind(tls_config *config);

#endif
