// What stands for a configuration in the sessions that may be resumed with it: a hash of who this end is, whom it
// trusts and whether it asks. A change of any of these makes every earlier session a stranger.

#include "tls-config-private.h"

#include <string.h>

#include "psa/crypto.h"

#include "tls-psk-private.h"

static psa_status_t hash_number(psa_hash_operation_t *hash, size_t number)
{
	const uint8_t bytes[] = {(uint8_t)(number >> 24), (uint8_t)(number >> 16), (uint8_t)(number >> 8), (uint8_t)number};

	return psa_hash_update(hash, bytes, sizeof(bytes));
}

static psa_status_t hash_chain(psa_hash_operation_t *hash, const mbedtls_x509_crt *chain)
{
	psa_status_t status = PSA_SUCCESS;

	for (; chain && chain->raw.p && status == PSA_SUCCESS; chain = chain->next) {
		status = hash_number(hash, chain->raw.len);
		if (status == PSA_SUCCESS)
			status = psa_hash_update(hash, chain->raw.p, chain->raw.len);
	}
	return status == PSA_SUCCESS ? hash_number(hash, 0) : status;
}

static psa_status_t hash_trust(psa_hash_operation_t *hash, const tls_config *config)
{
	const tls_trust *trust = &config->trust;
	psa_status_t status = hash_chain(hash, &config->ca);

	if (status == PSA_SUCCESS && trust->pin_count)
		status = psa_hash_update(hash, trust->pins, trust->pin_count * TLS_PIN_SIZE);
	if (status == PSA_SUCCESS && trust->bundle.length)
		status = psa_hash_update(hash, trust->bundle.data, trust->bundle.length);
	return status;
}

static psa_status_t hash_all(psa_hash_operation_t *hash, const tls_config *config)
{
	psa_status_t status = psa_hash_setup(hash, PSA_ALG_SHA_256);

	if (status == PSA_SUCCESS)
		status = hash_number(hash, config->verify);
	for (tls_identity *identity = config->identities; identity && status == PSA_SUCCESS; identity = identity->next)
		status = hash_chain(hash, &identity->chain);
	// Who does not ask for certificates trusts nobody, whatever the list.
	if (status == PSA_SUCCESS && config->verify != TLS_VERIFY_NONE)
		status = hash_trust(hash, config);
	return status;
}

bool tls_config_bind(tls_config *config)
{
	psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
	psa_status_t status = hash_all(&hash, config);
	size_t length;

	if (status == PSA_SUCCESS)
		status = psa_hash_finish(&hash, config->binding, sizeof(config->binding), &length);
	psa_hash_abort(&hash);
	return status == PSA_SUCCESS;
}

void tls_config_get_binding(const tls_config *config, uint8_t binding[TLS_RESUMPTION_BINDING])
{
	memcpy(binding, config->binding, sizeof(config->binding));
	if (config->psks)
		tls_psks_bind(config->psks, binding);
}
