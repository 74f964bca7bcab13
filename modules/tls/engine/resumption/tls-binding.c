#include "tls-binding.h"

#include <string.h>

#include "psa/crypto.h"

bool xstls_binding_with_name(const uint8_t config[TLS_BINDING], const uint8_t *name, size_t length,
                             uint8_t binding[TLS_BINDING])
{
	psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
	psa_status_t status;
	size_t written;

	if (!name) {
		memcpy(binding, config, TLS_BINDING);
		return true;
	}
	status = psa_hash_setup(&hash, PSA_ALG_SHA_256);
	if (status == PSA_SUCCESS)
		status = psa_hash_update(&hash, config, TLS_BINDING);
	if (status == PSA_SUCCESS)
		status = psa_hash_update(&hash, name, length);
	if (status == PSA_SUCCESS)
		status = psa_hash_finish(&hash, binding, TLS_BINDING, &written);
	psa_hash_abort(&hash);
	return status == PSA_SUCCESS;
}
