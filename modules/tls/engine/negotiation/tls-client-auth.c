#include "tls-client-auth.h"

#include "config/tls-config-state.h"

static bool is_required(const xstls_handshake *h)
{
	return h->state.role == TLS_SERVER && h->state.config->verify[TLS_SERVER] == TLS_VERIFY_REQUIRED;
}

static bool is_1_3(const xstls_handshake *h)
{
	return mbedtls_ssl_get_version_number(h->ssl) == MBEDTLS_SSL_VERSION_TLS1_3;
}

// Set for each ClientHello: the second one, after a HelloRetryRequest, may lead to another version.
void xstls_client_auth_begin(xstls_handshake *h)
{
	if (is_required(h))
		mbedtls_ssl_set_hs_authmode(h->ssl, is_1_3(h) ? MBEDTLS_SSL_VERIFY_OPTIONAL : MBEDTLS_SSL_VERIFY_REQUIRED);
}

// By a verified certificate or a pre-shared key.
static bool is_authenticated(const xstls_handshake *h)
{
	return h->state.psk || (mbedtls_ssl_get_peer_cert(h->ssl) && mbedtls_ssl_get_verify_result(h->ssl) == 0);
}

int xstls_client_auth_judge(xstls_handshake *h, bool was_at_client_certificate)
{
	if (!is_required(h))
		return 0;
	if (mbedtls_ssl_is_handshake_over(h->ssl))
		return is_authenticated(h) ? 0 : MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE;
	if (was_at_client_certificate && is_1_3(h) && mbedtls_ssl_get_verify_result(h->ssl))
		return MBEDTLS_ERR_X509_CERT_VERIFY_FAILED;
	return 0;
}
