#include "tls-judge-extensions.h"

#include <string.h>

#include "mbedtls/ssl.h"

#include "config/tls-config-state.h"
#include "config/tls-protocol-config-internal.h"
#include "x509/tls-host-name.h"

enum {
	SERVER_NAME = 0,
	MAX_FRAGMENT_LENGTH = 1,
	SUPPORTED_GROUPS = 10,
	EC_POINT_FORMATS = 11,
	SIGNATURE_ALGORITHMS = 13,
	ALPN = 16,
	EXTENDED_MASTER_SECRET = 23,
	RECORD_SIZE_LIMIT = 28,
	SESSION_TICKET = 35,
	PRE_SHARED_KEY = 41,
	SUPPORTED_VERSIONS = 43,
	PSK_KEY_EXCHANGE_MODES = 45,
	KEY_SHARE = 51,
	RENEGOTIATION_INFO = 0xff01,
};

enum { UNCOMPRESSED = 0 };

// By a ClientHello of this configuration, whether or not an answer may have it.
static bool is_sent(const xstls_state *s, uint16_t type)
{
	const char *name = xstls_client_server_name(s->client);

	switch (type) {
	case SERVER_NAME:
		return name && xstls_host_name_is_dns(name);
	case MAX_FRAGMENT_LENGTH:
		return xstls_fragment_length_is_asked_for(s->config);
	case ALPN:
		return s->config->alpn_count > 0;
	case RECORD_SIZE_LIMIT:
	case PRE_SHARED_KEY:
	case SUPPORTED_VERSIONS:
	case PSK_KEY_EXCHANGE_MODES:
	case KEY_SHARE:
		return s->config->highest == MBEDTLS_SSL_VERSION_TLS1_3;
	case SUPPORTED_GROUPS:
	case EC_POINT_FORMATS:
	case SIGNATURE_ALGORITHMS:
	case EXTENDED_MASTER_SECRET:
	case SESSION_TICKET:
	case RENEGOTIATION_INFO:
		return true;
	default:
		return false;
	}
}

static bool belongs(uint16_t type, xstls_extensions_place place)
{
	switch (type) {
	case SERVER_NAME:
	case MAX_FRAGMENT_LENGTH:
	case SUPPORTED_GROUPS:
	case ALPN:
	case RECORD_SIZE_LIMIT:
		return place != TLS_IN_SERVER_HELLO_1_3;
	case EC_POINT_FORMATS:
	case EXTENDED_MASTER_SECRET:
	case SESSION_TICKET:
	case RENEGOTIATION_INFO:
		return place == TLS_IN_SERVER_HELLO_1_2;
	case PRE_SHARED_KEY:
	case SUPPORTED_VERSIONS:
	case KEY_SHARE:
		return place == TLS_IN_SERVER_HELLO_1_3;
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

// Of those that are sent, RENEGOTIATION_INFO alone has a type that is no place in a word.
static uint64_t bit_of(uint16_t type)
{
	return UINT64_C(1) << (type == RENEGOTIATION_INFO ? 63 : type);
}

static int judge_extension(const xstls_state *s, xstls_extensions_place place, uint16_t type, xstls_hello_span body)
{
	if (!is_sent(s, type))
		return MBEDTLS_ERR_SSL_UNSUPPORTED_EXTENSION;
	// TLS 1.2 has no word for one that was sent and may not come back.
	if (!belongs(type, place))
		return place == TLS_IN_SERVER_HELLO_1_2 ? MBEDTLS_ERR_SSL_UNSUPPORTED_EXTENSION
		                                        : MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER;
	// RFC 6066 §3
	if (type == SERVER_NAME && body.length)
		return MBEDTLS_ERR_SSL_DECODE_ERROR;
	return type == EC_POINT_FORMATS && !has_uncompressed(body) ? MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER : 0;
}

int xstls_judge_extensions(const xstls_state *s, xstls_extensions_place place, xstls_reader extensions)
{
	uint64_t seen = 0;
	int result = 0;

	while (extensions.left && result == 0) {
		uint16_t type = (uint16_t)xstls_take_number(&extensions, 2);
		xstls_hello_span body = xstls_take_vector(&extensions, 2, 0);

		if (extensions.broken)
			return MBEDTLS_ERR_SSL_DECODE_ERROR;
		result = judge_extension(s, place, type, body);
		if (result == 0 && seen & bit_of(type))
			result = MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER;
		if (result == 0)
			seen |= bit_of(type);
	}
	return result;
}

int xstls_judge_certificate_extensions(xstls_reader message)
{
	xstls_reader list;

	xstls_take_vector(&message, 1, 0); // certificate_request_context
	list = xstls_read_span(xstls_take_vector(&message, 3, 0));
	while (list.left && !list.broken) {
		xstls_take_vector(&list, 3, 0);
		if (xstls_take_vector(&list, 2, 0).length)
			return MBEDTLS_ERR_SSL_UNSUPPORTED_EXTENSION;
	}
	return 0; // what is malformed mbedTLS refuses
}
