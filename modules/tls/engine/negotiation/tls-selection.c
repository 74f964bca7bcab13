#include "tls-selection.h"

#include <string.h>

#include "config/tls-config-state.h"
#include "config/tls-policy-config-internal.h"
#include "port/tls-port-handshake.h"

// On which the key of a certificate may be.
static const uint16_t curves[] = {
    MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1,
    MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1,
    MBEDTLS_SSL_IANA_TLS_GROUP_SECP521R1,
};
enum { CURVES = sizeof(curves) / sizeof(curves[0]) };

static uint8_t offered_curves(const xstls_hello *hello)
{
	uint8_t offered = 0;

	for (size_t i = 0; i < CURVES; i++)
		if (hello->groups.data == NULL || xstls_hello_lists(hello->groups, curves[i]))
			offered |= (uint8_t)(1 << i);
	return offered;
}

static uint32_t offered_suites(const xstls_config *config, const xstls_hello *hello)
{
	const int *suites = xstls_policy_suites_of(config, TLS_SERVER);
	uint32_t offered = 0;

	for (int i = 0; suites[i]; i++)
		if (xstls_hello_lists(hello->ciphers, (uint16_t)suites[i]))
			offered |= UINT32_C(1) << i;
	return offered;
}

void xstls_selection_read_hello(xstls_handshake *h)
{
	h->offered_curves = offered_curves(&h->hello->hello);
	h->offers_extended_master_secret = h->hello->hello.extended_master_secret;
	h->takes_tickets = h->hello->hello.psk_with_ecdhe;
	h->offered_suites = offered_suites(h->state.config, &h->hello->hello);
}

// The first in the configuration's order that the client offers, 0 for none; with that hash, unless it is 0.
static int first_of_1_3(const xstls_handshake *h, psa_algorithm_t hash)
{
	const int *suites = xstls_policy_suites_of(h->state.config, TLS_SERVER);

	for (int i = 0; suites[i]; i++)
		if (h->offered_suites >> i & 1 && xstls_suite_version(suites[i]) == TLS_1_3 &&
		    (hash == 0 || xstls_suite_of(suites[i])->hash == hash))
			return suites[i];
	return 0;
}

void xstls_selection_choose_suite(xstls_handshake *h)
{
	const xstls_hello *hello = h->hello ? &h->hello->hello : NULL;
	int *suites = h->work->suites, with_psk;

	if (!hello || h->state.config->highest != TLS_1_3 || !xstls_hello_lists(hello->versions, TLS_1_3))
		return;
	suites[0] = first_of_1_3(h, 0);
	// Pre-shared keys that are no session's are for SHA-256 (RFC 8446 §4.2.11).
	with_psk = h->state.config->psks && hello->pre_shared_key ? first_of_1_3(h, PSA_ALG_SHA_256) : 0;
	if (with_psk != suites[0])
		suites[1] = with_psk;
}

enum { SSL_3_0 = 0x0300 };

// A hello that claims to be of SSL 3.0 is refused whatever else is in it (RFC 8446 §D.5). A client without
// supported_versions speaks TLS 1.2 at most (RFC 8446 §4.2.1). This is not left to mbedTLS: where TLS 1.3 is not
// allowed, it takes a client that speaks nothing else for one of TLS 1.2, and fails over its suites.
bool xstls_selection_has_version(const xstls_handshake *h)
{
	const xstls_hello *hello = &h->hello->hello;
	const xstls_config *config = h->state.config;

	if (hello->legacy_version <= SSL_3_0)
		return false;
	if (!hello->versions.data)
		return hello->legacy_version >= config->lowest;
	for (uint16_t version = config->lowest; version <= config->highest; version++)
		if (xstls_hello_lists(hello->versions, version))
			return true;
	return false;
}

// In TLS 1.2 supported_groups limits the curve of the certificate's key too (RFC 8422 §5.1.1), and a client without the
// extension accepts any. mbedTLS 3.6 does not check that when it uses PSA. In TLS 1.3 signature_algorithms says it, and
// mbedTLS checks that.
static bool can_verify(const xstls_handshake *h, uint16_t version, const xstls_identity *identity)
{
	if (identity->group == 0 || version != TLS_1_2)
		return true;
	for (size_t i = 0; i < CURVES; i++)
		if (curves[i] == identity->group)
			return h->offered_curves & 1 << i;
	return false;
}

static bool is_allowed(const xstls_config *config, uint16_t scheme)
{
	size_t count;
	const uint16_t *allowed = xstls_policy_signatures_of(config, &count);

	for (size_t i = 0; allowed && i < count; i++)
		if (allowed[i] == scheme)
			return true;
	return !allowed;
}

// RFC 8446 §4.2.3: of EC keys the curve belongs to the algorithm.
static bool can_sign(const xstls_identity *identity, uint16_t scheme)
{
	switch (scheme) {
	case MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256:
		return identity->group == MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1;
	case MBEDTLS_TLS1_3_SIG_ECDSA_SECP384R1_SHA384:
		return identity->group == MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1;
	case MBEDTLS_TLS1_3_SIG_ECDSA_SECP521R1_SHA512:
		return identity->group == MBEDTLS_SSL_IANA_TLS_GROUP_SECP521R1;
	case MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA256:
	case MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA384:
	case MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA512:
		return identity->group == 0;
	default:
		return false;
	}
}

static const xstls_identity *first_that_signs(const xstls_config *config, uint16_t scheme)
{
	for (const xstls_identity *identity = config->identities; identity; identity = identity->next)
		if (can_sign(identity, scheme) && is_allowed(config, scheme))
			return identity;
	return NULL;
}

void xstls_selection_choose_identity(xstls_handshake *h)
{
	xstls_hello_span offered = h->hello ? h->hello->hello.signature_algorithms : (xstls_hello_span){0};

	for (size_t i = 0; i + 1 < offered.length && !h->work->identity; i += 2)
		h->work->identity = first_that_signs(h->state.config, (uint16_t)(offered.data[i] << 8 | offered.data[i + 1]));
}

static const xstls_identity *first_of_kind(const xstls_handshake *h, bool is_ec)
{
	for (const xstls_identity *identity = h->state.config->identities; identity; identity = identity->next)
		if ((identity->group != 0) == is_ec && can_verify(h, TLS_1_2, identity))
			return identity;
	return NULL;
}

const xstls_identity *xstls_selection_identity(const xstls_handshake *h)
{
	if (mbedtls_ssl_get_version_number(h->ssl) == MBEDTLS_SSL_VERSION_TLS1_3)
		return h->work->identity;
	return xstls_port_wants_certificate(h->ssl) ? first_of_kind(h, xstls_port_wants_ecdsa(h->ssl)) : NULL;
}

// What mbedTLS may choose from. Of more than one EC identity or RSA identity it would take the first over TLS 1.2.
static bool is_candidate(const xstls_handshake *h, uint16_t version, const xstls_identity *identity)
{
	if (version == TLS_1_2)
		return identity == first_of_kind(h, identity->group != 0);
	return !h->work->identity || h->work->identity == identity;
}

int xstls_selection_give_identities(xstls_handshake *h)
{
	uint16_t version = (uint16_t)mbedtls_ssl_get_version_number(h->ssl);
	int result = 0;

	for (xstls_identity *identity = h->state.config->identities; identity && result == 0; identity = identity->next)
		if (is_candidate(h, version, identity))
			result = mbedtls_ssl_set_hs_own_cert(h->ssl, &identity->chain, &identity->key);
	return result;
}

// Whether a TLS 1.2 handshake can use a suite: the server has something to authenticate itself by.
static bool is_possible(const xstls_handshake *h, int suite)
{
	const char *name = mbedtls_ssl_get_ciphersuite_name(suite);
	bool is_ecdsa = strstr(name, "-ECDSA-") != NULL;

	if (strstr(name, "PSK"))
		return h->state.config->psks != NULL;
	for (xstls_identity *identity = h->state.config->identities; identity; identity = identity->next)
		if ((identity->group != 0) == is_ecdsa && can_verify(h, TLS_1_2, identity))
			return true;
	return false;
}

bool xstls_selection_may_resume(const xstls_handshake *h, uint16_t version, int suite)
{
	const int *suites = xstls_policy_suites_of(h->state.config, TLS_SERVER);

	for (int i = 0; suites[i]; i++) {
		bool is_offered = h->offered_suites >> i & 1;

		if (suites[i] == suite)
			return is_offered;
		if (is_offered && xstls_suite_version(suites[i]) == version &&
		    (version == TLS_1_3 || is_possible(h, suites[i])))
			return false;
	}
	return false;
}
