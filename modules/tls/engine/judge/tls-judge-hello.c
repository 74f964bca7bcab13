#include "tls-judge-hello.h"

#include <string.h>

#include "port/messages/tls-port-message.h"
#include "tls-judge-extensions.h"

enum { SUPPORTED_VERSIONS = 43 };

typedef struct {
	xstls_hello_span session_id;
	xstls_reader extensions;
} server_hello;

static bool parse(xstls_reader r, server_hello *hello)
{
	enum { VERSION = 2, RANDOM = 32, SUITE_AND_COMPRESSION = 3 };

	xstls_take(&r, VERSION + RANDOM);
	hello->session_id = xstls_take_vector(&r, 1, 0);
	xstls_take(&r, SUITE_AND_COMPRESSION);
	// TLS 1.2 may do without.
	hello->extensions = xstls_read_span(r.left ? xstls_take_vector(&r, 2, 0) : (xstls_hello_span){0});
	return xstls_is_read(&r);
}

// By which TLS 1.3 is chosen (RFC 8446 §4.2.1).
static bool is_of_1_3(xstls_reader extensions)
{
	while (extensions.left && !extensions.broken) {
		if (xstls_take_number(&extensions, 2) == SUPPORTED_VERSIONS)
			return true;
		xstls_take_vector(&extensions, 2, 0);
	}
	return false;
}

// mbedTLS looks twice at a ServerHello of TLS 1.2 that answers an offer of both versions, and the first time leaves it
// as it is. The session id of such an offer is that of no session (RFC 8446 §D.4), so none can be resumed by it.
static bool resumes_nothing(const mbedtls_ssl_context *ssl, const server_hello *hello)
{
	size_t length;
	const uint8_t *sent = xstls_port_session_id(ssl, &length);

	return xstls_port_next_message(ssl) == MBEDTLS_SSL_HS_SERVER_HELLO && length &&
	       length == hello->session_id.length && memcmp(sent, hello->session_id.data, length) == 0;
}

int xstls_judge_server_hello(const xstls_state *s, const mbedtls_ssl_context *ssl, xstls_reader message)
{
	server_hello hello;

	if (mbedtls_ssl_get_version_number(ssl) == MBEDTLS_SSL_VERSION_TLS1_3)
		return 0;
	if (!parse(message, &hello))
		return MBEDTLS_ERR_SSL_DECODE_ERROR;
	if (resumes_nothing(ssl, &hello))
		return MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER;
	return xstls_judge_extensions(s, TLS_IN_SERVER_HELLO_1_2, hello.extensions);
}

int xstls_judge_server_hello_1_3(const xstls_state *s, xstls_reader message)
{
	server_hello hello;

	if (!parse(message, &hello) || !is_of_1_3(hello.extensions))
		return 0; // mbedTLS refuses what is malformed, and another version is judged later
	return xstls_judge_extensions(s, TLS_IN_SERVER_HELLO_1_3, hello.extensions);
}
