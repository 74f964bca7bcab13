// TLS signs with what is negotiated, so the key's policy has to allow it: ECDSA for an EC key; for an RSA key PSS over
// TLS 1.3 and PKCS #1 v1.5 over TLS 1.2. A secure element need not tell its public key, so what shows that the key
// belongs to the certificate is a signature.

#include "tls-opaque-key.h"

#include "psa/crypto.h"

#include "port/tls-port.h"

typedef struct {
	mbedtls_svc_key_id_t id;
	psa_algorithm_t algorithm;
	uint8_t hash[PSA_HASH_MAX_SIZE];
	size_t hash_length;
	uint8_t signature[PSA_SIGNATURE_MAX_SIZE];
	size_t signature_length;
} trial;

static psa_status_t sign(trial *t)
{
	psa_status_t status;

	t->hash_length = PSA_HASH_LENGTH(t->algorithm);
	status = psa_generate_random(t->hash, t->hash_length);
	if (status != PSA_SUCCESS)
		return status;
	return psa_sign_hash(t->id, t->algorithm, t->hash, t->hash_length, t->signature, sizeof(t->signature),
	                     &t->signature_length);
}

static psa_status_t verify(const trial *t, const mbedtls_pk_context *public_key)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	mbedtls_svc_key_id_t id;
	psa_status_t status;

	if (mbedtls_pk_get_psa_attributes(public_key, PSA_KEY_USAGE_VERIFY_HASH, &attributes))
		return PSA_ERROR_NOT_SUPPORTED;
	psa_set_key_algorithm(&attributes, t->algorithm);
	if (mbedtls_pk_import_into_psa(public_key, &attributes, &id))
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	status = psa_verify_hash(id, t->algorithm, t->hash, t->hash_length, t->signature, t->signature_length);
	psa_destroy_key(id);
	return status;
}

static tls_error try_algorithm(tls_config *config, const tls_identity *identity, mbedtls_svc_key_id_t id,
                               psa_algorithm_t algorithm)
{
	trial t = {.id = id, .algorithm = algorithm};
	psa_status_t status = sign(&t);

	if (status != PSA_SUCCESS)
		return tls_config_report(config, status, TLS_E_KEY_NOT_USABLE);
	status = verify(&t, &identity->chain.pk);
	return status == PSA_SUCCESS ? TLS_E_NONE : tls_config_report(config, status, TLS_E_KEY_MISMATCH);
}

static tls_error try_rsa(tls_config *config, const tls_identity *identity, mbedtls_svc_key_id_t id)
{
	tls_error error = TLS_E_NONE;

	if (config->highest == MBEDTLS_SSL_VERSION_TLS1_3)
		error = try_algorithm(config, identity, id, PSA_ALG_RSA_PSS(PSA_ALG_SHA_256));
	if (error == TLS_E_NONE && config->lowest == MBEDTLS_SSL_VERSION_TLS1_2)
		error = try_algorithm(config, identity, id, PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256));
	return error;
}

// The hash that TLS 1.3 takes with the curve.
static psa_algorithm_t ecdsa_of(size_t bits)
{
	if (bits == 256)
		return tls_port_ecdsa(PSA_ALG_SHA_256);
	return tls_port_ecdsa(bits == 384 ? PSA_ALG_SHA_384 : PSA_ALG_SHA_512);
}

static tls_error try_key(tls_config *config, const tls_identity *identity, mbedtls_svc_key_id_t id,
                         const psa_key_attributes_t *attributes)
{
	psa_key_type_t type = psa_get_key_type(attributes);
	size_t bits = psa_get_key_bits(attributes);

	if (type != PSA_KEY_TYPE_RSA_KEY_PAIR && type != PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1))
		return TLS_E_KEY_NOT_USABLE;
	if (bits != mbedtls_pk_get_bitlen(&identity->chain.pk) ||
	    (type == PSA_KEY_TYPE_RSA_KEY_PAIR) != (tls_port_key_group(&identity->chain.pk) == 0))
		return TLS_E_KEY_MISMATCH;
	if (type == PSA_KEY_TYPE_RSA_KEY_PAIR)
		return try_rsa(config, identity, id);
	return try_algorithm(config, identity, id, ecdsa_of(bits));
}

tls_error tls_opaque_key_open(tls_config *config, tls_identity *identity, uint32_t number)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	mbedtls_svc_key_id_t id = mbedtls_svc_key_id_make(0, number);
	psa_status_t status = psa_get_key_attributes(id, &attributes);
	tls_error error;
	int result;

	if (status != PSA_SUCCESS)
		return tls_config_report(config, status, TLS_E_KEY_NOT_FOUND);
	error = try_key(config, identity, id, &attributes);
	psa_reset_key_attributes(&attributes);
	if (error != TLS_E_NONE)
		return error;
	result = tls_port_set_opaque_key(&identity->key, id);
	return result ? tls_config_report(config, result, TLS_E_KEY_NOT_USABLE) : TLS_E_NONE;
}
