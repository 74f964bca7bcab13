#include "tls-answer.h"

#include <string.h>

#include "config/tls-config-state.h"
#include "hello/tls-server-hello.h"
#include "port/tls-port-handshake.h"

static bool is_of_1_2(const xstls_handshake *h)
{
	return mbedtls_ssl_get_version_number(h->ssl) == MBEDTLS_SSL_VERSION_TLS1_2;
}

static bool parse(const xstls_handshake *h, xstls_server_hello *hello)
{
	size_t length;
	const uint8_t *message = xstls_port_read_message(h->ssl, &length);

	return xstls_server_hello_parse(message, length, hello);
}

// RFC 7627 §5.3: a session is resumed with the extended master secret if it has one, and without if it has none.
// mbedTLS does not compare.
static int judge_master_secret(xstls_handshake *h, const xstls_server_hello *hello)
{
	xstls_client *client = h->state.client;
	bool is_resumed = !xstls_port_is_at_certificate(h->ssl);

	if (is_resumed && client->extended_master_secret != hello->extended_master_secret)
		return MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE;
	client->extended_master_secret = hello->extended_master_secret;
	return 0;
}

int xstls_answer_judge(xstls_handshake *h, bool was_at_server_hello)
{
	xstls_server_hello hello;

	if (!was_at_server_hello || xstls_port_is_at_server_hello(h->ssl) || !is_of_1_2(h))
		return 0;
	return parse(h, &hello) ? judge_master_secret(h, &hello) : MBEDTLS_ERR_SSL_DECODE_ERROR;
}

static bool is_offered(const xstls_config *config, xstls_hello_span name)
{
	for (size_t i = 0; i < config->alpn_count; i++)
		if (strlen(config->alpn[i]) == name.length && memcmp(config->alpn[i], name.data, name.length) == 0)
			return true;
	return false;
}

// Of the message that mbedTLS has read last, if it is a ServerHello.
static bool has_bad_alpn(const xstls_handshake *h)
{
	xstls_server_hello hello;

	return parse(h, &hello) && hello.alpn.data && !is_offered(h->state.config, hello.alpn);
}

// mbedTLS's client says handshake_failure of a protocol that was not offered over TLS 1.2, and over TLS 1.3 of one
// thing only, a key share with which there is no secret.
uint8_t xstls_answer_alert(const xstls_handshake *h, uint8_t description)
{
	bool is_illegal;

	if (description != TLS_ALERT_HANDSHAKE_FAILURE || h->state.role == TLS_SERVER)
		return description;
	is_illegal = is_of_1_2(h) ? has_bad_alpn(h) : xstls_port_is_at_server_hello(h->ssl);
	return is_illegal ? TLS_ALERT_ILLEGAL_PARAMETER : description;
}
