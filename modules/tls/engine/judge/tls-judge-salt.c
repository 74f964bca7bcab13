#include "tls-judge-salt.h"

#include <string.h>

#include "psa/crypto.h"

#include "hello/tls-hello-reader.h"
#include "port/messages/tls-port-message.h"
#include "record/tls-suite.h"

static psa_algorithm_t hash_of(uint16_t algorithm)
{
	switch (algorithm) {
	case MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA256:
		return PSA_ALG_SHA_256;
	case MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA384:
		return PSA_ALG_SHA_384;
	case MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA512:
		return PSA_ALG_SHA_512;
	default:
		return PSA_ALG_NONE;
	}
}

// One that PSA takes.
static bool has_rsa_key(const mbedtls_x509_crt *certificate)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;

	return certificate &&
	       mbedtls_pk_get_psa_attributes(&certificate->pk, PSA_KEY_USAGE_VERIFY_HASH, &attributes) == 0 &&
	       psa_get_key_type(&attributes) == PSA_KEY_TYPE_RSA_PUBLIC_KEY &&
	       psa_get_key_bits(&attributes) <= PSA_VENDOR_RSA_MAX_KEY_BITS;
}

int xstls_salt_before_step(mbedtls_ssl_context *ssl, uint8_t type, xstls_transcript *transcript)
{
	const xstls_suite *suite;

	transcript->length = 0;
	if (type != MBEDTLS_SSL_HS_CERTIFICATE_VERIFY ||
	    mbedtls_ssl_get_version_number(ssl) != MBEDTLS_SSL_VERSION_TLS1_3 ||
	    !has_rsa_key(xstls_port_peer_certificate(ssl)))
		return 0;
	suite = xstls_suite_of(xstls_port_agreed_suite(ssl));
	return xstls_port_transcript(ssl, suite ? suite->hash : PSA_ALG_NONE, transcript->hash, sizeof(transcript->hash),
	                             &transcript->length);
}

// RFC 8446 §4.4.3: what is signed, hashed.
static psa_status_t hash_content(const mbedtls_ssl_context *ssl, psa_algorithm_t algorithm,
                                 const xstls_transcript *transcript, uint8_t *hash, size_t *length)
{
	enum { SPACES = 64, CONTEXT = 34 }; // of the context, its NUL is a part
	const bool is_client = mbedtls_ssl_conf_get_endpoint(mbedtls_ssl_context_get_config(ssl)) == MBEDTLS_SSL_IS_CLIENT;
	uint8_t content[SPACES + CONTEXT + TLS_TRANSCRIPT_MOST];

	memset(content, ' ', SPACES);
	memcpy(content + SPACES, is_client ? "TLS 1.3, server CertificateVerify" : "TLS 1.3, client CertificateVerify",
	       CONTEXT);
	memcpy(content + SPACES + CONTEXT, transcript->hash, transcript->length);
	return psa_hash_compute(algorithm, content, SPACES + CONTEXT + transcript->length, hash, PSA_HASH_MAX_SIZE, length);
}

static int import_key(const mbedtls_pk_context *key, psa_algorithm_t algorithm, mbedtls_svc_key_id_t *id)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	int result = mbedtls_pk_get_psa_attributes(key, PSA_KEY_USAGE_VERIFY_HASH, &attributes);

	psa_set_key_algorithm(&attributes, algorithm);
	return result ? result : mbedtls_pk_import_into_psa(key, &attributes, id);
}

static psa_status_t verify(const mbedtls_ssl_context *ssl, psa_algorithm_t algorithm,
                           const xstls_transcript *transcript, mbedtls_svc_key_id_t key, xstls_hello_span signature)
{
	uint8_t hash[PSA_HASH_MAX_SIZE];
	size_t length;
	psa_status_t status = hash_content(ssl, algorithm, transcript, hash, &length);

	return status != PSA_SUCCESS
	           ? status
	           : psa_verify_hash(key, PSA_ALG_RSA_PSS(algorithm), hash, length, signature.data, signature.length);
}

int xstls_salt_judge(const mbedtls_ssl_context *ssl, uint8_t type, const xstls_transcript *transcript)
{
	xstls_reader message = {0};
	mbedtls_svc_key_id_t key;
	psa_algorithm_t algorithm;
	psa_status_t status;
	int result;

	message.at = transcript->length ? xstls_port_message(ssl, type, &message.left) : NULL;
	algorithm = message.at ? hash_of((uint16_t)xstls_take_number(&message, 2)) : PSA_ALG_NONE;
	if (algorithm == PSA_ALG_NONE)
		return 0;
	result = import_key(&xstls_port_peer_certificate(ssl)->pk, PSA_ALG_RSA_PSS(algorithm), &key);
	if (result)
		return result;
	status = verify(ssl, algorithm, transcript, key, xstls_take_vector(&message, 2, 0));
	psa_destroy_key(key);
	return status == PSA_ERROR_INVALID_SIGNATURE ? MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE : (int)status;
}
