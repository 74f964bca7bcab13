#include "tls-judge.h"

#include <string.h>

#include "hello/tls-hello-reader.h"
#include "port/messages/tls-port-message.h"
#include "tls-judge-extensions.h"
#include "tls-judge-hello.h"
#include "tls-judge-key.h"

static bool is_1_3(const mbedtls_ssl_context *ssl)
{
	return mbedtls_ssl_get_version_number(ssl) == MBEDTLS_SSL_VERSION_TLS1_3;
}

// RFC 8446 §4.3.2: in the handshake its context is empty.
static int judge_request(xstls_reader message)
{
	return xstls_take_vector(&message, 1, 0).length ? MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER : 0;
}

// RFC 5246 §7.4.7, RFC 4279 §2, RFC 5489 §2: an identity, a share, or both, and nothing behind them.
static int judge_key_exchange(const mbedtls_ssl_context *ssl, xstls_reader message)
{
	const char *suite = mbedtls_ssl_get_ciphersuite_name(xstls_port_agreed_suite(ssl));

	if (strstr(suite, "PSK-"))
		xstls_take_vector(&message, 2, 0);
	if (strstr(suite, "ECDHE-"))
		xstls_take_vector(&message, 1, 1);
	return xstls_is_read(&message) ? 0 : MBEDTLS_ERR_SSL_DECODE_ERROR;
}

int xstls_judge(const xstls_state *s, const mbedtls_ssl_context *ssl, uint8_t type)
{
	xstls_reader message = {0};

	message.at = type ? xstls_port_message(ssl, type, &message.left) : NULL;
	if (!message.at)
		return 0;
	switch (type) {
	case MBEDTLS_SSL_HS_SERVER_HELLO:
		return xstls_judge_server_hello(s, ssl, message);
	case MBEDTLS_SSL_HS_CERTIFICATE_REQUEST:
		return is_1_3(ssl) ? judge_request(message) : 0;
	case MBEDTLS_SSL_HS_CERTIFICATE:
		return is_1_3(ssl) ? 0 : xstls_judge_certificate(s->config, ssl);
	case MBEDTLS_SSL_HS_CLIENT_KEY_EXCHANGE:
		return judge_key_exchange(ssl, message);
	default:
		return 0;
	}
}

static int judge_encrypted_extensions(const xstls_state *s, xstls_reader message)
{
	return xstls_judge_extensions(s, TLS_IN_ENCRYPTED_EXTENSIONS, xstls_read_span(xstls_take_vector(&message, 2, 0)));
}

int xstls_judge_first(const xstls_state *s, mbedtls_ssl_context *ssl, uint8_t type)
{
	const bool is_judged = type == MBEDTLS_SSL_HS_SERVER_HELLO || type == MBEDTLS_SSL_HS_ENCRYPTED_EXTENSIONS ||
	                       type == MBEDTLS_SSL_HS_CERTIFICATE;
	xstls_reader message = {0};
	int result;

	if (!(type == MBEDTLS_SSL_HS_CERTIFICATE_VERIFY || (is_judged && s->role == TLS_CLIENT)) || !is_1_3(ssl))
		return 0;
	result = xstls_port_fetch_message(ssl);
	message.at = result ? NULL : xstls_port_message(ssl, type, &message.left);
	if (!message.at)
		return result; // of another message mbedTLS says that it is unexpected
	if (type == MBEDTLS_SSL_HS_CERTIFICATE_VERIFY)
		return xstls_judge_proof(s->config, ssl, message);
	if (type == MBEDTLS_SSL_HS_SERVER_HELLO)
		return xstls_judge_server_hello_1_3(s, message);
	return type == MBEDTLS_SSL_HS_CERTIFICATE ? xstls_judge_certificate_extensions(message)
	                                          : judge_encrypted_extensions(s, message);
}
