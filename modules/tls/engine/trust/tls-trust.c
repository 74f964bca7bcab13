// Trust that mbedTLS does not know by itself.
//
// - A bundle has names and keys, not certificates, so an issuer that is found there is dressed up as one: a version 1
//   certificate, which mbedTLS takes for a root without looking for extensions, valid as long as dates can say. It
//   borrows the parsed name of the certificate whose issuer it is.
// - mbedTLS asks for issuers at each step of the chain, trusted ones first. That finds the root although the peer
//   sends a cross-signed form of it, whose own issuer nobody knows any more.
// - What is allocated here is freed by mbedTLS, so it comes from mbedTLS's allocator.

#include "tls-trust-private.h"

#include <string.h>

#include "mbedtls/platform.h"
#include "psa/crypto.h"

#include "port/tls-alloc.h"
#include "port/tls-port.h"

tls_error tls_config_set_bundle(tls_config *config, const uint8_t *data, size_t length, bool copy)
{
	tls_bundle bundle = {.data = data, .length = length};
	uint8_t *owned = NULL;

	if (config->sealed)
		return TLS_E_STATE;
	if (!tls_bundle_is_sound(bundle))
		return TLS_E_CA_INVALID;
	if (copy) {
		owned = tls_calloc(1, length);
		if (!owned)
			return TLS_E_MEMORY;
		memcpy(owned, data, length);
		bundle.data = owned;
	}
	tls_free(config->trust.owned);
	config->trust.owned = owned;
	config->trust.bundle = bundle;
	return TLS_E_NONE;
}

tls_error tls_config_add_pin(tls_config *config, const uint8_t *hash, size_t length)
{
	tls_trust *trust = &config->trust;
	uint8_t *pins;

	if (config->sealed)
		return TLS_E_STATE;
	if (length != TLS_PIN_SIZE)
		return TLS_E_ARGUMENT;
	pins = tls_calloc(trust->pin_count + 1, TLS_PIN_SIZE);
	if (!pins)
		return TLS_E_MEMORY;
	if (trust->pin_count)
		memcpy(pins, trust->pins, trust->pin_count * TLS_PIN_SIZE);
	memcpy(pins + trust->pin_count++ * TLS_PIN_SIZE, hash, TLS_PIN_SIZE);
	tls_free(trust->pins);
	trust->pins = pins;
	return TLS_E_NONE;
}

tls_error tls_config_set_clock_floor(tls_config *config, int64_t seconds)
{
	if (config->sealed)
		return TLS_E_STATE;
	config->trust.clock_floor = seconds;
	return TLS_E_NONE;
}

tls_error tls_config_ignore_name(tls_config *config)
{
	if (config->sealed)
		return TLS_E_STATE;
	config->trust.ignores_name = true;
	return TLS_E_NONE;
}

void tls_trust_free(tls_trust *trust)
{
	tls_free(trust->owned);
	tls_free(trust->pins);
}

static bool has_ca(const tls_config *config)
{
	return config->ca.version != 0;
}

void tls_trust_apply(tls_config *config, mbedtls_ssl_config *ssl)
{
	// Pins without a CA are a reason to let mbedTLS verify, too.
	if (config->trust.bundle.data || (config->trust.pin_count && !has_ca(config)))
		mbedtls_ssl_conf_ca_cb(ssl, tls_trust_find_issuers, config);
	else
		mbedtls_ssl_conf_ca_chain(ssl, has_ca(config) ? &config->ca : NULL, NULL);
}

static bool copy_name(mbedtls_x509_name *to, const mbedtls_x509_name *from)
{
	*to = *from;
	to->next = NULL;
	for (from = from->next; from; from = from->next) {
		mbedtls_x509_name *next = mbedtls_calloc(1, sizeof(mbedtls_x509_name));

		if (!next)
			return false;
		*next = *from;
		next->next = NULL;
		to->next = next;
		to = next;
	}
	return true;
}

// A certificate at the front of `list`; NULL when memory is short.
static mbedtls_x509_crt *push(mbedtls_x509_crt **list)
{
	mbedtls_x509_crt *certificate = mbedtls_calloc(1, sizeof(mbedtls_x509_crt));

	if (!certificate)
		return NULL;
	mbedtls_x509_crt_init(certificate);
	certificate->next = *list;
	*list = certificate;
	return certificate;
}

static bool push_root(mbedtls_x509_crt **list, const tls_bundle_root *root, const mbedtls_x509_name *name)
{
	mbedtls_x509_crt *certificate = push(list);

	if (!certificate)
		return false;
	certificate->version = 1;
	certificate->valid_from.year = 1;
	certificate->valid_to.year = 9999;
	certificate->subject_raw.p = (unsigned char *)root->subject;
	certificate->subject_raw.len = root->subject_length;
	if (!copy_name(&certificate->subject, name))
		return false;
	// A key of a kind that this build does not know is a root that cannot be used; it stays without a key.
	mbedtls_pk_parse_public_key(&certificate->pk, root->key, root->key_length);
	return !tls_alloc_has_failed();
}

static bool push_from_bundle(mbedtls_x509_crt **list, tls_bundle bundle, const mbedtls_x509_crt *child)
{
	const mbedtls_x509_buf *issuer = &child->issuer_raw;
	tls_bundle_root root;

	for (size_t i = tls_bundle_find(bundle, issuer->p, issuer->len);
	     tls_bundle_at(bundle, i, &root) && tls_bundle_is_named(&root, issuer->p, issuer->len); i++)
		if (!push_root(list, &root, &child->issuer))
			return false;
	return true;
}

static bool push_from_ca(mbedtls_x509_crt **list, const mbedtls_x509_crt *ca, const mbedtls_x509_crt *child)
{
	const mbedtls_x509_buf *issuer = &child->issuer_raw;

	for (; ca && ca->version; ca = ca->next) {
		mbedtls_x509_crt *certificate;

		if (ca->subject_raw.len != issuer->len || memcmp(ca->subject_raw.p, issuer->p, issuer->len) != 0)
			continue;
		certificate = push(list);
		// It was parsed before, so only memory can be the reason for a failure.
		if (!certificate || mbedtls_x509_crt_parse_der_nocopy(certificate, ca->raw.p, ca->raw.len))
			return false;
	}
	return true;
}

int tls_trust_find_issuers(void *context, const mbedtls_x509_crt *child, mbedtls_x509_crt **issuers)
{
	tls_config *config = context;

	*issuers = NULL;
	if (push_from_bundle(issuers, config->trust.bundle, child) && push_from_ca(issuers, &config->ca, child))
		return 0;
	mbedtls_x509_crt_free(*issuers);
	mbedtls_free(*issuers);
	*issuers = NULL;
	return MBEDTLS_ERR_X509_ALLOC_FAILED;
}

static bool is_pinned(const tls_trust *trust, const mbedtls_x509_crt *certificate)
{
	uint8_t hash[TLS_PIN_SIZE];
	size_t length;

	if (psa_hash_compute(PSA_ALG_SHA_256, certificate->pk_raw.p, certificate->pk_raw.len, hash, sizeof(hash), &length))
		return false;
	for (size_t i = 0; i < trust->pin_count; i++)
		if (memcmp(trust->pins + i * TLS_PIN_SIZE, hash, TLS_PIN_SIZE) == 0)
			return true;
	return false;
}

// No CA beside the pins.
static bool is_by_pins_alone(const tls_config *config)
{
	return config->trust.pin_count && !has_ca(config) && !config->trust.bundle.data;
}

static void judge_by_pins(const tls_config *config, const mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
	if (is_by_pins_alone(config)) {
		// The pinned key is the trust anchor, and who signed for it does not matter.
		if (depth > 0)
			*flags = 0;
		*flags &= ~(uint32_t)MBEDTLS_X509_BADCERT_NOT_TRUSTED;
	}
	if (depth == 0 && !is_pinned(&config->trust, certificate))
		*flags |= MBEDTLS_X509_BADCERT_OTHER;
}

void tls_trust_judge_signature(const tls_config *config, const mbedtls_x509_crt *certificate, uint32_t *flags)
{
	const tls_policy_choice *allowed = &config->allowed[TLS_POLICY_SIGNATURES];
	const uint16_t signature = tls_port_signature(certificate);

	if (!allowed->numbers || is_by_pins_alone(config))
		return;
	for (size_t i = 0; i < allowed->count; i++)
		if (((const uint16_t *)allowed->numbers)[i] == signature)
			return;
	*flags |= MBEDTLS_X509_BADCERT_BAD_PK;
}

bool tls_trust_counts_dates(const tls_config *config)
{
	return config->trust.clock_floor == 0 || tls_port_clock() >= config->trust.clock_floor;
}

void tls_trust_judge(const tls_config *config, const mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
	if (!tls_trust_counts_dates(config))
		*flags &= ~(uint32_t)(MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE);
	if (config->trust.pin_count)
		judge_by_pins(config, certificate, depth, flags);
}
