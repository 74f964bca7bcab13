#include "tls-hello-judge.h"

#include <string.h>

#include "tls-hello-parts.h"

enum { NULL_COMPRESSION = 0, UNCOMPRESSED = 0 };

// RFC 8422 §5.1.2: that uncompressed points are understood is said by every such list.
static xstls_error judge_point_formats(xstls_hello_span body)
{
	xstls_reader r = xstls_read_span(body);
	xstls_hello_span formats = xstls_take_vector(&r, 1, 1);

	if (!xstls_is_read(&r))
		return TLS_E_DECODE_ERROR;
	return memchr(formats.data, UNCOMPRESSED, formats.length) ? TLS_E_NONE : TLS_E_ILLEGAL_PARAMETER;
}

// RFC 8446 §4.2.8: no group has two shares. Groups that are told apart here are all that this engine may choose.
static xstls_error judge_key_shares(xstls_hello_span body)
{
	enum { TOLD_APART = 64 };
	xstls_reader r = xstls_read_span(body), shares = xstls_read_span(xstls_take_vector(&r, 2, 0));
	uint64_t seen = 0;

	while (shares.left && !shares.broken) {
		size_t group = xstls_take_number(&shares, 2);
		uint64_t bit = group < TOLD_APART ? UINT64_C(1) << group : 0;

		xstls_take_vector(&shares, 2, 1); // mbedTLS judges how long it is
		if (seen & bit)
			return TLS_E_ILLEGAL_PARAMETER;
		seen |= bit;
	}
	return xstls_is_read(&r) && xstls_is_read(&shares) ? TLS_E_NONE : TLS_E_DECODE_ERROR;
}

// RFC 6066 §3: one name, in ASCII. What is no character is none of a name, and would do harm in a log.
static bool is_host_name(xstls_hello_span name)
{
	for (size_t i = 0; i < name.length; i++)
		if (name.data[i] <= ' ' || name.data[i] > '~')
			return false;
	return true;
}

static xstls_error judge_server_name(xstls_hello_span body)
{
	enum { HOST_NAME = 0 };
	xstls_reader r = xstls_read_span(body), list = xstls_read_span(xstls_take_vector(&r, 2, 1));
	size_t count = 0;

	while (list.left && !list.broken) {
		const bool is_host = xstls_take_number(&list, 1) == HOST_NAME;
		const xstls_hello_span name = xstls_take_vector(&list, 2, 1);

		if (is_host && (count++ || !is_host_name(name)))
			return TLS_E_ILLEGAL_PARAMETER;
	}
	return xstls_is_read(&r) && xstls_is_read(&list) ? TLS_E_NONE : TLS_E_DECODE_ERROR;
}

static xstls_error judge_extension(const xstls_hello_extension *extension, bool is_1_3)
{
	if (extension->type == TLS_HELLO_SERVER_NAME)
		return judge_server_name(extension->body);
	// RFC 8449 §4: a number of two bytes. mbedTLS has another alert for another length.
	if (extension->type == TLS_HELLO_RECORD_SIZE_LIMIT && extension->body.length != 2)
		return TLS_E_DECODE_ERROR;
	if (extension->type == TLS_HELLO_KEY_SHARE && is_1_3)
		return judge_key_shares(extension->body);
	if (extension->type == TLS_HELLO_POINT_FORMATS && !is_1_3)
		return judge_point_formats(extension->body);
	return TLS_E_NONE;
}

xstls_error xstls_hello_judge(const uint8_t *message, size_t length, bool is_1_3)
{
	xstls_hello_parts parts = xstls_hello_take_apart(message, length);
	xstls_hello_extension extension;
	xstls_error error = TLS_E_NONE;

	// RFC 5246 §7.4.1.2, RFC 8446 §4.1.2
	if (!memchr(parts.compressions.data, NULL_COMPRESSION, parts.compressions.length))
		return TLS_E_ILLEGAL_PARAMETER;
	while (error == TLS_E_NONE && xstls_hello_next_extension(&parts.extensions, &extension))
		error = judge_extension(&extension, is_1_3);
	return error;
}
