#include "tls-config-binding.h"

#include "psa/crypto.h"

#include "tls-config-state.h"

static psa_status_t hash_number(psa_hash_operation_t *hash, uint64_t number)
{
	uint8_t bytes[8];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(number >> 8 * i);
	return psa_hash_update(hash, bytes, sizeof(bytes));
}

static psa_status_t hash_bytes(psa_hash_operation_t *hash, const uint8_t *bytes, size_t length)
{
	psa_status_t status = hash_number(hash, length);

	return status == PSA_SUCCESS && length ? psa_hash_update(hash, bytes, length) : status;
}

static psa_status_t hash_chain(psa_hash_operation_t *hash, const mbedtls_x509_crt *chain)
{
	psa_status_t status = PSA_SUCCESS;

	for (; chain && chain->raw.p && status == PSA_SUCCESS; chain = chain->next)
		status = hash_bytes(hash, chain->raw.p, chain->raw.len);
	return status == PSA_SUCCESS ? hash_number(hash, 0) : status;
}

static psa_status_t hash_trust(psa_hash_operation_t *hash, const xstls_config *config)
{
	const xstls_trust *trust = &config->trust;
	psa_status_t status = hash_chain(hash, &trust->ca);

	if (status == PSA_SUCCESS)
		status = hash_bytes(hash, trust->pins, trust->pin_count * TLS_PIN_SIZE);
	if (status == PSA_SUCCESS)
		status = hash_bytes(hash, trust->bundle.data, trust->bundle.length);
	if (status == PSA_SUCCESS)
		status = hash_bytes(hash, config->allowed[TLS_POLICY_SIGNATURES].numbers,
		                    config->allowed[TLS_POLICY_SIGNATURES].count * sizeof(uint16_t));
	if (status == PSA_SUCCESS)
		status = hash_number(hash, (uint64_t)trust->clock_floor);
	return status == PSA_SUCCESS ? hash_number(hash, trust->ignores_name) : status;
}

static psa_status_t hash_role(psa_hash_operation_t *hash, const xstls_config *config, xstls_role role)
{
	psa_status_t status = psa_hash_setup(hash, PSA_ALG_SHA_256);

	if (status == PSA_SUCCESS)
		status = hash_number(hash, role);
	if (status == PSA_SUCCESS)
		status = hash_number(hash, config->verify[role]);
	for (xstls_identity *identity = config->identities; identity && status == PSA_SUCCESS; identity = identity->next)
		status = hash_chain(hash, &identity->chain);
	// Without a request for certificates nobody's is verified, and trust makes no difference.
	if (status == PSA_SUCCESS && config->verify[role] != TLS_VERIFY_NONE)
		status = hash_trust(hash, config);
	return status;
}

static bool bind(xstls_config *config, xstls_role role)
{
	psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
	psa_status_t status = hash_role(&hash, config, role);
	size_t length;

	if (status == PSA_SUCCESS)
		status = psa_hash_finish(&hash, config->binding[role], TLS_BINDING, &length);
	psa_hash_abort(&hash);
	return status == PSA_SUCCESS;
}

bool xstls_config_bind(xstls_config *config)
{
	return bind(config, TLS_SERVER) && bind(config, TLS_CLIENT);
}
