#include "tls-identity.h"

#include "crypto/tls-opaque-key.h"
#include "port/tls-alloc.h"
#include "port/tls-port-crypto.h"
#include "tls-config-report.h"
#include "tls-config-state.h"
#include "tls-identity-private.h"
#include "x509/tls-parse.h"
#include "x509/tls-samples.h"

// Bytes, or without them the id of a key that PSA holds.
typedef struct {
	const uint8_t *data;
	size_t length;
	uint32_t id;
} key_source;

static tls_error load_opaque_key(tls_config *config, tls_identity *identity, uint32_t id)
{
	const tls_opaque_key_use use = {
	    .tls_1_2 = config->lowest == MBEDTLS_SSL_VERSION_TLS1_2,
	    .tls_1_3 = config->highest == MBEDTLS_SSL_VERSION_TLS1_3,
	};
	int library = 0;
	tls_error error = tls_opaque_key_open(&identity->key, id, &identity->chain.pk, use, &library);

	return library ? tls_config_report(config, library, error) : error;
}

static tls_error load_key(tls_config *config, tls_identity *identity, const key_source *key)
{
	int result;

	if (!key->data)
		return load_opaque_key(config, identity, key->id);
	result = tls_parse_key(&identity->key, key->data, key->length);
	if (result)
		return tls_config_report(config, result, TLS_E_KEY_INVALID);
	result = tls_port_check_pair(&identity->chain.pk, &identity->key);
	return result ? tls_config_report(config, result, TLS_E_KEY_MISMATCH) : TLS_E_NONE;
}

static tls_error load_identity(tls_config *config, tls_identity *identity, const uint8_t *chain, size_t chain_length,
                               const key_source *key)
{
	int result = tls_parse_certificates(&identity->chain, chain, chain_length);
	tls_error error;

	if (result)
		return tls_config_report(config, result, TLS_E_CERTIFICATE_INVALID);
	if (tls_samples_include(&identity->chain))
		return TLS_E_KNOWN_SAMPLE;
	if (!tls_parse_fits_message(&identity->chain))
		return TLS_E_CERTIFICATE_TOO_LONG;
	error = load_key(config, identity, key);
	if (error == TLS_E_NONE)
		identity->group = tls_port_key_group(&identity->chain.pk);
	return error;
}

static void free_identity(tls_identity *identity)
{
	mbedtls_x509_crt_free(&identity->chain);
	mbedtls_pk_free(&identity->key);
	tls_free(identity);
}

static tls_error add_identity(tls_config *config, const uint8_t *chain, size_t chain_length, const key_source *key)
{
	tls_identity *identity, **last;
	tls_error error;

	if (config->sealed)
		return TLS_E_STATE;
	tls_config_forget_failure(config);
	identity = tls_calloc(1, sizeof(tls_identity));
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

tls_error tls_config_add_identity(tls_config *config, const uint8_t *chain, size_t chain_length, const uint8_t *key,
                                  size_t key_length)
{
	// A key of no bytes is invalid, and not the id of a key that PSA holds.
	static const uint8_t nothing;

	return add_identity(config, chain, chain_length, &(key_source){.data = key ? key : &nothing, .length = key_length});
}

tls_error tls_config_add_opaque_identity(tls_config *config, const uint8_t *chain, size_t chain_length, uint32_t key_id)
{
	return add_identity(config, chain, chain_length, &(key_source){.id = key_id});
}

void tls_identities_free(tls_config *config)
{
	while (config->identities) {
		tls_identity *identity = config->identities;

		config->identities = identity->next;
		free_identity(identity);
	}
}
