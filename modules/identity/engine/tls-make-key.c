#include "tls-make-key.h"

#include <string.h>

#include "mbedtls/platform_util.h"
#include "psa/crypto.h"

#include "port/tls-port-crypto.h"

enum { POINT = 65 }; // bytes of a P-256 public key, uncompressed

// PKCS #8 around the private and the public half of a P-256 key (RFC 5958, with the ECPrivateKey of RFC 5915).
static const uint8_t before_private[] = {0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86,
                                         0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d,
                                         0x03, 0x01, 0x07, 0x04, 0x6d, 0x30, 0x6b, 0x02, 0x01, 0x01, 0x04, 0x20};
static const uint8_t before_public[] = {0xa1, 0x44, 0x03, 0x42, 0x00};

enum {
	PRIVATE_AT = sizeof(before_private),
	BETWEEN_AT = PRIVATE_AT + TLS_KEY_SCALAR,
	PUBLIC_AT = BETWEEN_AT + sizeof(before_public),
	KEY_SIZE = PUBLIC_AT + POINT,
};

static int export_key(mbedtls_svc_key_id_t id, uint8_t *at)
{
	size_t written;
	int result = psa_export_key(id, at + PRIVATE_AT, TLS_KEY_SCALAR, &written);

	if (result)
		return result;
	memcpy(at, before_private, sizeof(before_private));
	memcpy(at + BETWEEN_AT, before_public, sizeof(before_public));
	return psa_export_public_key(id, at + PUBLIC_AT, POINT, &written);
}

xstls_error xstls_make_key(xstls_output *output)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	mbedtls_svc_key_id_t id = MBEDTLS_SVC_KEY_ID_INIT;
	int result;

	output->length = 0;
	if (output->size < KEY_SIZE)
		return TLS_E_ARGUMENT;
	if (!xstls_port_start())
		return TLS_E_RANDOM;
	psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
	psa_set_key_bits(&attributes, 256);
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT);
	result = psa_generate_key(&attributes, &id);
	if (result == 0)
		result = export_key(id, output->data);
	psa_destroy_key(id);
	if (result) {
		mbedtls_platform_zeroize(output->data, KEY_SIZE);
		return result == PSA_ERROR_INSUFFICIENT_MEMORY ? TLS_E_MEMORY : TLS_E_RANDOM;
	}
	output->length = KEY_SIZE;
	return TLS_E_NONE;
}

const uint8_t *xstls_key_scalar(xstls_bytes key)
{
	if (key.length != KEY_SIZE || memcmp(key.data, before_private, sizeof(before_private)) ||
	    memcmp(key.data + BETWEEN_AT, before_public, sizeof(before_public)))
		return NULL;
	return key.data + PRIVATE_AT;
}
