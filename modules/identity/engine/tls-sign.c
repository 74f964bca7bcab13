#include "tls-sign.h"

#include "psa/crypto.h"

#include "port/tls-port-crypto.h"
#include "tls-make-der.h"
#include "tls-make-key.h"

static int import_key(const uint8_t *scalar, mbedtls_svc_key_id_t *id)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;

	psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
	psa_set_key_bits(&attributes, 8 * TLS_KEY_SCALAR);
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE);
	psa_set_key_algorithm(&attributes, xstls_port_ecdsa(PSA_ALG_SHA_256));
	return psa_import_key(&attributes, scalar, TLS_KEY_SCALAR, id);
}

xstls_error xstls_sign(xstls_bytes key, xstls_bytes message, xstls_output *output)
{
	mbedtls_svc_key_id_t id = MBEDTLS_SVC_KEY_ID_INIT;
	const uint8_t *scalar = xstls_key_scalar(key);
	int result;

	output->length = 0;
	if (!scalar)
		return TLS_E_KEY_INVALID;
	if (output->size < TLS_SIGNATURE)
		return TLS_E_ARGUMENT;
	if (!xstls_port_start())
		return TLS_E_RANDOM;
	result = import_key(scalar, &id);
	if (result == PSA_ERROR_INVALID_ARGUMENT)
		return TLS_E_KEY_INVALID;
	if (result == 0)
		result = psa_sign_message(id, xstls_port_ecdsa(PSA_ALG_SHA_256), message.data, message.length, output->data,
		                          TLS_SIGNATURE, &output->length);
	psa_destroy_key(id);
	if (result)
		output->length = 0;
	return xstls_make_error(result);
}
