#include "tls-client-auth.h"

#include "tls-config-private.h"

static bool is_ours(const tls_session *s)
{
	return s->role == TLS_SERVER && s->config->verify[TLS_SERVER] == TLS_VERIFY_REQUIRED &&
	       mbedtls_ssl_get_version_number(&s->ssl) == MBEDTLS_SSL_VERSION_TLS1_3;
}

void tls_client_auth_begin(tls_session *s)
{
	if (is_ours(s))
		mbedtls_ssl_set_hs_authmode(&s->ssl, MBEDTLS_SSL_VERIFY_OPTIONAL);
}

// A handshake without the server's certificate is one by a pre-shared key or a ticket, and asks for none.
int tls_client_auth_judge(tls_session *s, bool was_at_client_certificate)
{
	if (!is_ours(s) || !s->saw_certificate)
		return 0;
	if (!was_at_client_certificate && !mbedtls_ssl_is_handshake_over(&s->ssl))
		return 0;
	return mbedtls_ssl_get_verify_result(&s->ssl) ? MBEDTLS_ERR_X509_CERT_VERIFY_FAILED : 0;
}
