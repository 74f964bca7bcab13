// A certificate's signature algorithm has no accessor in either version.
#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "tls-port-crypto.h"

#include <string.h>

#include "mbedtls/asn1.h"
#include "mbedtls/pem.h"
#include "mbedtls/version.h"
#include "psa/crypto.h"

#if MBEDTLS_VERSION_NUMBER < 0x03060000
#error "mbedTLS 3.6 or newer is needed; name its headers before any older ones."
#endif

#define IS_MBEDTLS_3 (MBEDTLS_VERSION_NUMBER < 0x04000000)

#if IS_MBEDTLS_3
#include "mbedtls/psa_util.h"
#define RANDOM_PARAMETERS , mbedtls_psa_get_random, MBEDTLS_PSA_RANDOM_STATE
#define SIGNED_BY_ECDSA MBEDTLS_PK_ECDSA
#define SIGNED_BY_PKCS1 MBEDTLS_PK_RSA
#define SIGNED_BY_PSS MBEDTLS_PK_RSASSA_PSS
#else
#define RANDOM_PARAMETERS
#define SIGNED_BY_ECDSA MBEDTLS_PK_SIGALG_ECDSA
#define SIGNED_BY_PKCS1 MBEDTLS_PK_SIGALG_RSA_PKCS1V15
#define SIGNED_BY_PSS MBEDTLS_PK_SIGALG_RSA_PSS
#endif

bool xstls_port_start(void)
{
	static bool started;

	if (!started)
		started = psa_crypto_init() == PSA_SUCCESS;
	return started;
}

void xstls_port_conf_random(mbedtls_ssl_config *conf)
{
#if IS_MBEDTLS_3
	mbedtls_ssl_conf_rng(conf, mbedtls_psa_get_random, MBEDTLS_PSA_RANDOM_STATE);
#else
	(void)conf;
#endif
}

int xstls_port_parse_key(mbedtls_pk_context *key, const uint8_t *data, size_t length)
{
	return mbedtls_pk_parse_key(key, data, length, NULL, 0 RANDOM_PARAMETERS);
}

int xstls_port_set_opaque_key(mbedtls_pk_context *key, mbedtls_svc_key_id_t id)
{
#if IS_MBEDTLS_3
	return mbedtls_pk_setup_opaque(key, id);
#else
	return mbedtls_pk_wrap_psa(key, id);
#endif
}

psa_algorithm_t xstls_port_ecdsa(psa_algorithm_t hash)
{
#if IS_MBEDTLS_3
	return PSA_ALG_ECDSA(hash);
#else
	return MBEDTLS_PK_ALG_ECDSA(hash);
#endif
}

int xstls_port_check_pair(mbedtls_pk_context *public_key, mbedtls_pk_context *private_key)
{
	return mbedtls_pk_check_pair(public_key, private_key RANDOM_PARAMETERS);
}

uint16_t xstls_port_key_group(const mbedtls_pk_context *key)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	size_t bits;

	if (mbedtls_pk_get_psa_attributes(key, PSA_KEY_USAGE_VERIFY_HASH, &attributes))
		return 0;
	bits = psa_get_key_bits(&attributes);
	if (psa_get_key_type(&attributes) != PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1))
		return 0;
	if (bits == 256)
		return MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1;
	if (bits == 384)
		return MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1;
	return bits == 521 ? MBEDTLS_SSL_IANA_TLS_GROUP_SECP521R1 : 0;
}

static uint16_t by_hash(mbedtls_md_type_t hash, uint16_t sha256, uint16_t sha384, uint16_t sha512)
{
	switch (hash) {
	case MBEDTLS_MD_SHA256:
		return sha256;
	case MBEDTLS_MD_SHA384:
		return sha384;
	case MBEDTLS_MD_SHA512:
		return sha512;
	default:
		return 0;
	}
}

uint16_t xstls_port_signature(const mbedtls_x509_crt *certificate)
{
	switch (certificate->sig_pk) {
	case SIGNED_BY_ECDSA:
		return by_hash(certificate->sig_md, MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256,
		               MBEDTLS_TLS1_3_SIG_ECDSA_SECP384R1_SHA384, MBEDTLS_TLS1_3_SIG_ECDSA_SECP521R1_SHA512);
	case SIGNED_BY_PKCS1:
		return by_hash(certificate->sig_md, MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256, MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA384,
		               MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA512);
	case SIGNED_BY_PSS:
		return by_hash(certificate->sig_md, MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA256,
		               MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA384, MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA512);
	default:
		return 0;
	}
}

static bool is_self_issued(const mbedtls_x509_crt *c)
{
	return c->issuer_raw.len == c->subject_raw.len && memcmp(c->issuer_raw.p, c->subject_raw.p, c->issuer_raw.len) == 0;
}

bool xstls_port_is_weak(const mbedtls_x509_crt *certificate)
{
	const mbedtls_x509_crt_profile *profile = &mbedtls_x509_crt_profile_default;
	const bool is_rsa = xstls_port_key_group(&certificate->pk) == 0;

	if (is_rsa && mbedtls_pk_get_bitlen(&certificate->pk) < profile->rsa_min_bitlen)
		return true;
	return !is_self_issued(certificate) && (certificate->sig_md == MBEDTLS_MD_NONE ||
	                                        !(profile->allowed_mds & MBEDTLS_X509_ID_FLAG(certificate->sig_md)));
}

bool xstls_port_is_out_of_memory(int library)
{
	switch (library) {
	case PSA_ERROR_INSUFFICIENT_MEMORY: // in 4.x the others are this one
#if IS_MBEDTLS_3
	case MBEDTLS_ERR_SSL_ALLOC_FAILED:
	case MBEDTLS_ERR_X509_ALLOC_FAILED:
	case MBEDTLS_ERR_PK_ALLOC_FAILED:
	case MBEDTLS_ERR_MPI_ALLOC_FAILED:
	case MBEDTLS_ERR_ECP_ALLOC_FAILED:
	case MBEDTLS_ERR_MD_ALLOC_FAILED:
	case MBEDTLS_ERR_CIPHER_ALLOC_FAILED:
	case MBEDTLS_ERR_PEM_ALLOC_FAILED:
	case MBEDTLS_ERR_ASN1_ALLOC_FAILED:
	case MBEDTLS_ERR_X509_ALLOC_FAILED + MBEDTLS_ERR_ASN1_ALLOC_FAILED:
#endif
		return true;
	default:
		return false;
	}
}
