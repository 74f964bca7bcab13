// Private keys that PSA holds, as a secure element does, for tests. Nobody can export them.

#include "xsmc.h"

#include <string.h>

#include "mbedtls/pk.h"
#include "mbedtls/platform_util.h"
#include "psa/crypto.h"

#include "port/tls-port-crypto.h"

static mbedtls_svc_key_id_t keep(mbedtls_pk_context *key, int maySign)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	mbedtls_svc_key_id_t id = MBEDTLS_SVC_KEY_ID_INIT;
	if (mbedtls_pk_get_psa_attributes(key, PSA_KEY_USAGE_SIGN_HASH, &attributes))
		return id;
	psa_set_key_usage_flags(&attributes, maySign ? PSA_KEY_USAGE_SIGN_HASH : PSA_KEY_USAGE_VERIFY_HASH);
	if (mbedtls_pk_can_do(key, MBEDTLS_PK_RSA)) {
		psa_set_key_algorithm(&attributes, PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH));
		psa_set_key_enrollment_algorithm(&attributes, PSA_ALG_RSA_PSS(PSA_ALG_ANY_HASH));
	} else
		psa_set_key_algorithm(&attributes, PSA_ALG_ECDSA(PSA_ALG_ANY_HASH));
	if (mbedtls_pk_import_into_psa(key, &attributes, &id))
		return MBEDTLS_SVC_KEY_ID_INIT;
	return id;
}

// keepKey(PEM or DER, whether it may sign): its id, 0 when it is no key.
void xs_desk_psa_keep(xsMachine *the)
{
	int maySign = xsmcTest(xsArg(1));
	mbedtls_pk_context key;
	mbedtls_svc_key_id_t id = MBEDTLS_SVC_KEY_ID_INIT;
	void *data;
	xsUnsignedValue length;
	uint8_t copy[4096] = {0};
	xsmcGetBufferReadable(xsArg(0), &data, &length);
	memcpy(copy, data, length < sizeof(copy) ? length : sizeof(copy) - 1);
	mbedtls_pk_init(&key);
	// PEM ends with a NUL.
	if (xstls_port_start() && !xstls_port_parse_key(&key, copy, length + (copy[0] == '-')))
		id = keep(&key, maySign);
	mbedtls_pk_free(&key);
	mbedtls_platform_zeroize(copy, sizeof(copy));
	xsmcSetInteger(xsResult, (xsIntegerValue)id);
}

// True when the key was there.
void xs_desk_psa_destroy(xsMachine *the)
{
	xsmcSetBoolean(xsResult, psa_destroy_key((mbedtls_svc_key_id_t)xsmcToInteger(xsArg(0))) == PSA_SUCCESS);
}

// True when the private key can be had.
void xs_desk_psa_can_export(xsMachine *the)
{
	uint8_t bytes[4096];
	size_t length;
	psa_status_t status = psa_export_key((mbedtls_svc_key_id_t)xsmcToInteger(xsArg(0)), bytes, sizeof(bytes), &length);
	xsmcSetBoolean(xsResult, status == PSA_SUCCESS);
}
