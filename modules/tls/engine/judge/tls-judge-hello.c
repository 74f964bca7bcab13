#include "tls-judge-hello.h"

#include <string.h>

#include "config/tls-config-state.h"
#include "config/tls-protocol-config-internal.h"
#include "port/tls-port-message.h"
#include "x509/tls-host-name.h"

enum {
	SERVER_NAME = 0,
	MAX_FRAGMENT_LENGTH = 1,
	SUPPORTED_GROUPS = 10,
	EC_POINT_FORMATS = 11,
	ALPN = 16,
	EXTENDED_MASTER_SECRET = 23,
	RECORD_SIZE_LIMIT = 28,
	SESSION_TICKET = 35,
	RENEGOTIATION_INFO = 0xff01,
};

enum { UNCOMPRESSED = 0 };

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

// Whether this client sends the extension, and a server of TLS 1.2 may answer it.
static bool is_asked_for(const xstls_state *s, uint16_t type)
{
	const char *name = xstls_client_server_name(s->client);

	switch (type) {
	case SERVER_NAME:
		return name && xstls_host_name_is_dns(name);
	case MAX_FRAGMENT_LENGTH:
		return xstls_fragment_length_is_asked_for(s->config);
	case RECORD_SIZE_LIMIT:
		return s->config->highest == MBEDTLS_SSL_VERSION_TLS1_3;
	case ALPN:
		return s->config->alpn_count > 0;
	case SUPPORTED_GROUPS:
	case EC_POINT_FORMATS:
	case EXTENDED_MASTER_SECRET:
	case SESSION_TICKET:
	case RENEGOTIATION_INFO:
		return true;
	default:
		return false;
	}
}

// RFC 8422 §5.2: that uncompressed points are understood is said by every such list.
static bool has_uncompressed(xstls_hello_span body)
{
	xstls_reader r = xstls_read_span(body);
	xstls_hello_span formats = xstls_take_vector(&r, 1, 1);

	return xstls_is_read(&r) && memchr(formats.data, UNCOMPRESSED, formats.length);
}

// Of those that are asked for, RENEGOTIATION_INFO alone has a type that is no place in a word.
static uint64_t bit_of(uint16_t type)
{
	return UINT64_C(1) << (type == RENEGOTIATION_INFO ? 63 : type);
}

static int judge_extension(const xstls_state *s, uint16_t type, xstls_hello_span body, uint64_t *seen)
{
	if (!is_asked_for(s, type))
		return MBEDTLS_ERR_SSL_UNSUPPORTED_EXTENSION;
	if (*seen & bit_of(type))
		return MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER;
	*seen |= bit_of(type);
	return type == EC_POINT_FORMATS && !has_uncompressed(body) ? MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER : 0;
}

// RFC 5246 §7.4.1.4: only what was asked for, and nothing twice.
static int judge_extensions(const xstls_state *s, xstls_reader extensions)
{
	uint64_t seen = 0;
	int result = 0;

	while (extensions.left && result == 0) {
		uint16_t type = (uint16_t)xstls_take_number(&extensions, 2);
		xstls_hello_span body = xstls_take_vector(&extensions, 2, 0);

		result = extensions.broken ? MBEDTLS_ERR_SSL_DECODE_ERROR : judge_extension(s, type, body, &seen);
	}
	return result;
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
	return judge_extensions(s, hello.extensions);
}
