// The mbedTLS half of the port: 3.6 and 4.x.

// The private fields that are read (in_msg for the description of a received alert, for one) have no accessor in
// either.
#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "tls-port.h"

#include <string.h>

#include "mbedtls/asn1.h"
#include "mbedtls/pem.h"
#include "mbedtls/platform_time.h"
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

bool tls_port_start(void)
{
	static bool started;

	if (!started)
		started = psa_crypto_init() == PSA_SUCCESS;
	return started;
}

void tls_port_conf_random(mbedtls_ssl_config *conf)
{
#if IS_MBEDTLS_3
	mbedtls_ssl_conf_rng(conf, mbedtls_psa_get_random, MBEDTLS_PSA_RANDOM_STATE);
#else
	(void)conf;
#endif
}

int tls_port_parse_key(mbedtls_pk_context *key, const uint8_t *data, size_t length)
{
	return mbedtls_pk_parse_key(key, data, length, NULL, 0 RANDOM_PARAMETERS);
}

int tls_port_set_opaque_key(mbedtls_pk_context *key, mbedtls_svc_key_id_t id)
{
#if IS_MBEDTLS_3
	return mbedtls_pk_setup_opaque(key, id);
#else
	return mbedtls_pk_wrap_psa(key, id);
#endif
}

psa_algorithm_t tls_port_ecdsa(psa_algorithm_t hash)
{
#if IS_MBEDTLS_3
	return PSA_ALG_ECDSA(hash);
#else
	return MBEDTLS_PK_ALG_ECDSA(hash);
#endif
}

int tls_port_check_pair(mbedtls_pk_context *public_key, mbedtls_pk_context *private_key)
{
	return mbedtls_pk_check_pair(public_key, private_key RANDOM_PARAMETERS);
}

uint16_t tls_port_key_group(const mbedtls_pk_context *key)
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

uint16_t tls_port_signature(const mbedtls_x509_crt *certificate)
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

uint8_t tls_port_received_alert(const mbedtls_ssl_context *ssl)
{
	return ssl->in_msg ? ssl->in_msg[1] : TLS_ALERT_NONE;
}

uint8_t tls_port_sent_alert(const mbedtls_ssl_context *ssl)
{
	return ssl->alert_type ? ssl->alert_type : TLS_ALERT_NONE; // close_notify is not pended
}

int64_t tls_port_clock(void)
{
#if defined(MBEDTLS_HAVE_TIME)
	return (int64_t)mbedtls_time(NULL);
#else
	return INT64_MAX;
#endif
}

void tls_port_change_server_keys(mbedtls_ssl_context *ssl)
{
	if (!ssl->transform_application || ssl->transform_out == ssl->transform_application)
		return;
	ssl->transform_out = ssl->transform_application;
	memset(ssl->cur_out_ctr, 0, sizeof(ssl->cur_out_ctr));
}

bool tls_port_is_at_certificate(const mbedtls_ssl_context *ssl)
{
	return ssl->state == MBEDTLS_SSL_SERVER_CERTIFICATE;
}

bool tls_port_is_at_client_certificate(const mbedtls_ssl_context *ssl)
{
	return ssl->state == MBEDTLS_SSL_CLIENT_CERTIFICATE;
}

bool tls_port_is_at_proof(const mbedtls_ssl_context *ssl)
{
	if (mbedtls_ssl_conf_get_endpoint(ssl->conf) == MBEDTLS_SSL_IS_CLIENT)
		return ssl->state == MBEDTLS_SSL_SERVER_FINISHED;
	// A server of TLS 1.2 goes on to the next state before it verifies.
	return ssl->state == MBEDTLS_SSL_CERTIFICATE_VERIFY || ssl->state == MBEDTLS_SSL_CLIENT_CHANGE_CIPHER_SPEC ||
	       ssl->state == MBEDTLS_SSL_CLIENT_FINISHED;
}

bool tls_port_is_at_server_key_exchange(const mbedtls_ssl_context *ssl)
{
	return ssl->state == MBEDTLS_SSL_SERVER_KEY_EXCHANGE;
}

// Of mbedTLS's names: TLS-PSK-WITH-..., TLS-ECDHE-PSK-WITH-...
static bool has_suite(const mbedtls_ssl_context *ssl, const char *part)
{
	const mbedtls_ssl_session *session = ssl->session_negotiate;

	return session && strstr(mbedtls_ssl_get_ciphersuite_name(session->ciphersuite), part);
}

enum { MESSAGE_HEADER = 4 };

const uint8_t *tls_port_psk_key_exchange(const mbedtls_ssl_context *ssl, size_t *length)
{
	if (!has_suite(ssl, "PSK-WITH") || ssl->in_msg[0] != MBEDTLS_SSL_HS_SERVER_KEY_EXCHANGE ||
	    ssl->in_hslen < MESSAGE_HEADER)
		return NULL;
	*length = ssl->in_hslen - MESSAGE_HEADER;
	return ssl->in_msg + MESSAGE_HEADER;
}

bool tls_port_needs_no_key_exchange(const mbedtls_ssl_context *ssl)
{
	return tls_port_is_at_server_key_exchange(ssl) && has_suite(ssl, "TLS-PSK-WITH");
}

// mbedTLS has no way to make this message, but for its own functions.
int mbedtls_ssl_write_handshake_msg_ext(mbedtls_ssl_context *ssl, int update_checksum, int force_flush);

int tls_port_write_key_exchange(mbedtls_ssl_context *ssl, const uint8_t *content, size_t length)
{
	if (length + MESSAGE_HEADER > MBEDTLS_SSL_OUT_CONTENT_LEN)
		return MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL;
	ssl->out_msgtype = MBEDTLS_SSL_MSG_HANDSHAKE;
	ssl->out_msg[0] = MBEDTLS_SSL_HS_SERVER_KEY_EXCHANGE;
	memcpy(ssl->out_msg + MESSAGE_HEADER, content, length);
	ssl->out_msglen = MESSAGE_HEADER + length;
	return mbedtls_ssl_write_handshake_msg_ext(ssl, 1, 1);
}

int tls_port_suite(const mbedtls_ssl_context *ssl)
{
	return ssl->session->ciphersuite;
}

static uint64_t read_sequence(const unsigned char bytes[8])
{
	uint64_t number = 0;

	for (int i = 0; i < 8; i++)
		number = number << 8 | bytes[i];
	return number;
}

uint64_t tls_port_sequence_in(const mbedtls_ssl_context *ssl)
{
	return read_sequence(ssl->in_ctr);
}

uint64_t tls_port_sequence_out(const mbedtls_ssl_context *ssl)
{
	return read_sequence(ssl->cur_out_ctr);
}

bool tls_port_is_out_of_memory(int library)
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
