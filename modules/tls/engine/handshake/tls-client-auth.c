#include "tls-client-auth.h"

#include "config/tls-config-private.h"

static bool is_required(const tls_session *s)
{
	return s->role == TLS_SERVER && s->config->verify[TLS_SERVER] == TLS_VERIFY_REQUIRED;
}

static bool is_1_3(const tls_session *s)
{
	return mbedtls_ssl_get_version_number(s->ssl) == MBEDTLS_SSL_VERSION_TLS1_3;
}

// Said for each ClientHello: a second one, after a HelloRetryRequest, may be of another version.
void tls_client_auth_begin(tls_session *s)
{
	if (is_required(s))
		mbedtls_ssl_set_hs_authmode(s->ssl, is_1_3(s) ? MBEDTLS_SSL_VERIFY_OPTIONAL : MBEDTLS_SSL_VERIFY_REQUIRED);
}

// Whatever way the handshake has taken: a verified certificate, or a pre-shared key.
static bool is_known(const tls_session *s)
{
	return s->psk || (mbedtls_ssl_get_peer_cert(s->ssl) && mbedtls_ssl_get_verify_result(s->ssl) == 0);
}

int tls_client_auth_judge(tls_session *s, bool was_at_client_certificate)
{
	if (!is_required(s))
		return 0;
	if (mbedtls_ssl_is_handshake_over(s->ssl))
		return is_known(s) ? 0 : MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE;
	if (was_at_client_certificate && is_1_3(s) && mbedtls_ssl_get_verify_result(s->ssl))
		return MBEDTLS_ERR_X509_CERT_VERIFY_FAILED;
	return 0;
}
