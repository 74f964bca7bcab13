#include "tls-port-rsa.h"

#include "mbedtls/platform.h"

psa_status_t mbedtls_psa_rsa_load_representation(psa_key_type_t type, const uint8_t *data, size_t data_length,
                                                 mbedtls_rsa_context **rsa);

mbedtls_rsa_context *xstls_port_rsa_load(const uint8_t *key, size_t key_length)
{
	mbedtls_rsa_context *rsa = NULL;

	if (mbedtls_psa_rsa_load_representation(PSA_KEY_TYPE_RSA_KEY_PAIR, key, key_length, &rsa) == PSA_SUCCESS)
		return rsa;
	xstls_port_rsa_free(rsa);
	return NULL;
}

void xstls_port_rsa_free(mbedtls_rsa_context *rsa)
{
	mbedtls_rsa_free(rsa);
	mbedtls_free(rsa);
}
