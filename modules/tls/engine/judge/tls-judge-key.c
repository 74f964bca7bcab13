#include "tls-judge-key.h"

#include <string.h>

#include "config/tls-policy-config-internal.h"
#include "port/tls-port-crypto.h"
#include "port/messages/tls-port-message.h"

// RFC 8422 §5.3, RFC 5246 §7.4.2: the key is of the kind that the suite names, and on a curve that was offered.
int xstls_judge_certificate(const xstls_config *config, const mbedtls_ssl_context *ssl)
{
	const char *suite = mbedtls_ssl_get_ciphersuite_name(xstls_port_agreed_suite(ssl));
	const mbedtls_x509_crt *certificate = xstls_port_peer_certificate(ssl);
	uint16_t group = certificate ? xstls_port_key_group(&certificate->pk) : 0;
	bool is_ecdsa = strstr(suite, "-ECDSA-") != NULL;

	if (!certificate || (is_ecdsa == (group != 0) && (!is_ecdsa || xstls_policy_has_group(config, group))))
		return 0;
	return MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER;
}

// The curve that a signature algorithm of TLS 1.3 is for, 0 for none.
static uint16_t curve_of(uint16_t algorithm)
{
	switch (algorithm) {
	case MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256:
		return MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1;
	case MBEDTLS_TLS1_3_SIG_ECDSA_SECP384R1_SHA384:
		return MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1;
	case MBEDTLS_TLS1_3_SIG_ECDSA_SECP521R1_SHA512:
		return MBEDTLS_SSL_IANA_TLS_GROUP_SECP521R1;
	default:
		return 0;
	}
}

static bool is_pkcs1(uint16_t algorithm)
{
	return algorithm == MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256 || algorithm == MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA384 ||
	       algorithm == MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA512;
}

// RFC 8446 §4.4.3: by an algorithm that was offered; §4.2.3: RSASSA-PKCS1-v1_5 is for certificates alone, and ECDSA
// with a hash is for the one curve that its name says.
int xstls_judge_proof(const xstls_config *config, const mbedtls_ssl_context *ssl, xstls_reader message)
{
	const mbedtls_x509_crt *certificate = xstls_port_peer_certificate(ssl);
	uint16_t algorithm = (uint16_t)xstls_take_number(&message, 2);

	if (!certificate || !xstls_policy_has_signature(config, algorithm) || is_pkcs1(algorithm) ||
	    xstls_port_key_group(&certificate->pk) != curve_of(algorithm))
		return MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER;
	return 0;
}
