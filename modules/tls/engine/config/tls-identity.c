#include "tls-identity.h"

#include "crypto/tls-opaque-key.h"
#include "port/tls-alloc.h"
#include "port/tls-port-crypto.h"
#include "tls-config-report.h"
#include "tls-config-state.h"
#include "tls-identity-internal.h"
#include "x509/tls-parse.h"
#include "x509/tls-samples.h"

// Bytes, or without them the id of a key that PSA holds.
typedef struct {
	const uint8_t *data;
	size_t length;
	uint32_t id;
} key_source;

static xstls_error load_opaque_key(xstls_config *config, xstls_identity *identity, uint32_t id)
{
	const xstls_opaque_key_use use = {
	    .tls_1_2 = config->lowest == MBEDTLS_SSL_VERSION_TLS1_2,
	    .tls_1_3 = config->highest == MBEDTLS_SSL_VERSION_TLS1_3,
	};
	int library = 0;
	xstls_error error = xstls_opaque_key_open(&identity->key, id, &identity->chain.pk, use, &library);

	return library ? xstls_config_report(config, library, error) : error;
}

static xstls_error load_key(xstls_config *config, xstls_identity *identity, const key_source *key)
{
	int result;

	if (!key->data)
		return load_opaque_key(config, identity, key->id);
	result = xstls_parse_key(&identity->key, key->data, key->length);
	if (result)
		return xstls_config_report(config, result, TLS_E_KEY_INVALID);
	result = xstls_port_check_pair(&identity->chain.pk, &identity->key);
	return result ? xstls_config_report(config, result, TLS_E_KEY_MISMATCH) : TLS_E_NONE;
}

static bool set_alone(xstls_identity *identity)
{
	if (xstls_parse_fits_library(&identity->chain))
		return true;
	identity->alone = xstls_calloc(1, sizeof(mbedtls_ssl_config));
	if (!identity->alone)
		return false;
	mbedtls_ssl_config_init(identity->alone);
	return mbedtls_ssl_conf_own_cert(identity->alone, &identity->chain, &identity->key) == 0;
}

static bool is_weak(const mbedtls_x509_crt *chain)
{
	for (; chain; chain = chain->next)
		if (xstls_port_is_weak(chain))
			return true;
	return false;
}

static xstls_error load_identity(xstls_config *config, xstls_identity *identity, const uint8_t *chain,
                                 size_t chain_length, const key_source *key)
{
	int result = xstls_parse_certificates(&identity->chain, chain, chain_length);
	xstls_error error;

	if (result)
		return xstls_config_report(config, result, TLS_E_CERTIFICATE_INVALID);
	if (xstls_samples_include(&identity->chain))
		return TLS_E_KNOWN_SAMPLE;
	if (!config->allows_weak_identity && is_weak(&identity->chain))
		return TLS_E_CERTIFICATE_WEAK;
	if (!xstls_parse_fits_message(&identity->chain))
		return TLS_E_CERTIFICATE_TOO_LONG;
	error = load_key(config, identity, key);
	if (error != TLS_E_NONE)
		return error;
	identity->group = xstls_port_key_group(&identity->chain.pk);
	if (!identity->group)
		xstls_rsa_hold(&identity->rsa);
	return set_alone(identity) ? TLS_E_NONE : TLS_E_MEMORY;
}

static void free_identity(xstls_identity *identity)
{
	if (identity->alone)
		mbedtls_ssl_config_free(identity->alone);
	xstls_free(identity->alone);
	xstls_rsa_release(&identity->rsa);
	mbedtls_x509_crt_free(&identity->chain);
	mbedtls_pk_free(&identity->key);
	xstls_free(identity);
}

static xstls_error add_identity(xstls_config *config, const uint8_t *chain, size_t chain_length, const key_source *key)
{
	xstls_identity *identity, **last;
	xstls_error error;

	if (config->sealed)
		return TLS_E_STATE;
	xstls_config_forget_failure(config);
	identity = xstls_calloc(1, sizeof(xstls_identity));
	if (!identity)
		return TLS_E_MEMORY;
	mbedtls_x509_crt_init(&identity->chain);
	mbedtls_pk_init(&identity->key);
	error = load_identity(config, identity, chain, chain_length, key);
	if (error != TLS_E_NONE) {
		free_identity(identity);
		return error;
	}
	for (last = &config->identities; *last; last = &(*last)->next)
		;
	*last = identity;
	return TLS_E_NONE;
}

xstls_error xstls_config_allow_weak_identity(xstls_config *config)
{
	if (config->sealed)
		return TLS_E_STATE;
	config->allows_weak_identity = true;
	return TLS_E_NONE;
}

xstls_error xstls_config_add_identity(xstls_config *config, const uint8_t *chain, size_t chain_length,
                                      const uint8_t *key, size_t key_length)
{
	// A key of no bytes is invalid, and not the id of a key that PSA holds.
	static const uint8_t nothing;

	return add_identity(config, chain, chain_length, &(key_source){.data = key ? key : &nothing, .length = key_length});
}

xstls_error xstls_config_add_opaque_identity(xstls_config *config, const uint8_t *chain, size_t chain_length,
                                             uint32_t key_id)
{
	return add_identity(config, chain, chain_length, &(key_source){.id = key_id});
}

void xstls_identities_free(xstls_config *config)
{
	while (config->identities) {
		xstls_identity *identity = config->identities;

		config->identities = identity->next;
		free_identity(identity);
	}
}
