#include "opaque-keys.h"

#include "mbedtls/pk.h"
#include "port/tls-port-crypto.h"

static const key_policy ecdsa = {PSA_ALG_ECDSA(PSA_ALG_ANY_HASH), 0, PSA_KEY_USAGE_SIGN_HASH};
static const key_policy both_rsa = {PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH), PSA_ALG_RSA_PSS(PSA_ALG_ANY_HASH),
                                    PSA_KEY_USAGE_SIGN_HASH};

uint32_t opaque_key(const char *identity, const key_policy *policy)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	mbedtls_svc_key_id_t id;
	mbedtls_pk_context key;
	char file[32];

	snprintf(file, sizeof(file), "%s.key.der", identity);
	assert_true(xstls_port_start());
	mbedtls_pk_init(&key);
	assert_int_equal(xstls_port_parse_key(&key, identity_file(file).data, identity_file(file).length), 0);
	assert_int_equal(mbedtls_pk_get_psa_attributes(&key, PSA_KEY_USAGE_SIGN_HASH, &attributes), 0);
	psa_set_key_usage_flags(&attributes, policy->usage);
	psa_set_key_algorithm(&attributes, policy->algorithm);
	psa_set_key_enrollment_algorithm(&attributes, policy->enrollment);
	assert_int_equal(mbedtls_pk_import_into_psa(&key, &attributes, &id), 0);
	mbedtls_pk_free(&key);
	return id;
}

uint32_t opaque_signing_key(const char *identity)
{
	return opaque_key(identity, identity[0] == 'r' ? &both_rsa : &ecdsa);
}

xstls_error opaque_key_add(xstls_config *config, const char *identity, uint32_t id)
{
	char file[32];

	snprintf(file, sizeof(file), "%s.pem", identity);
	return xstls_config_add_opaque_identity(config, identity_file(file).data, identity_file(file).length, id);
}
