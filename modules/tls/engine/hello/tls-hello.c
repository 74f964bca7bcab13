// mbedTLS parses the message again and judges it. Checked here is only what is needed to find the extensions, and that
// each extension that is read is well-formed.

#include "tls-hello.h"

#include <string.h>

// Bytes that are still to be read. A read beyond the end sets `broken`, and every read after that is empty.
typedef struct {
	const uint8_t *at;
	size_t left;
	bool broken;
} reader;

static xstls_hello_span take(reader *r, size_t count)
{
	xstls_hello_span span = {r->at, count};

	if (r->broken || count > r->left) {
		r->broken = true;
		return (xstls_hello_span){0};
	}
	r->at += count;
	r->left -= count;
	return span;
}

static size_t take_number(reader *r, size_t width)
{
	xstls_hello_span bytes = take(r, width);
	size_t number = 0;

	for (size_t i = 0; i < bytes.length; i++)
		number = number << 8 | bytes.data[i];
	return number;
}

// A vector of at least `least` bytes behind a length of `width` bytes.
static xstls_hello_span take_vector(reader *r, size_t width, size_t least)
{
	xstls_hello_span span = take(r, take_number(r, width));

	if (span.length < least)
		r->broken = true;
	return span;
}

static reader read_span(xstls_hello_span span)
{
	return (reader){.at = span.data, .left = span.length};
}

static bool is_whole(const reader *r)
{
	return !r->broken && r->left == 0;
}

static bool parse_numbers(xstls_hello_span body, size_t width, xstls_hello_span *list)
{
	reader r = read_span(body);

	*list = take_vector(&r, width, 2);
	return is_whole(&r) && list->length % 2 == 0;
}

// The first host_name. No other type of name is defined, and one is ignored.
static bool parse_server_name(xstls_hello_span body, xstls_hello_span *name)
{
	enum { HOST_NAME = 0 };
	reader r = read_span(body), list = read_span(take_vector(&r, 2, 1));

	while (is_whole(&r) && !list.broken && list.left) {
		bool is_host = take_number(&list, 1) == HOST_NAME;
		xstls_hello_span entry = take_vector(&list, 2, 1);

		if (is_host && !name->data)
			*name = entry;
	}
	return is_whole(&r) && is_whole(&list);
}

static bool parse_alpn(xstls_hello_span body, xstls_hello_span *names)
{
	reader r = read_span(body), list;

	*names = take_vector(&r, 2, 2);
	list = read_span(*names);
	while (!list.broken && list.left)
		take_vector(&list, 1, 1);
	return is_whole(&r) && is_whole(&list);
}

enum {
	SERVER_NAME = 0,
	SUPPORTED_GROUPS = 10,
	SIGNATURE_ALGORITHMS = 13,
	ALPN = 16,
	SUPPORTED_VERSIONS = 43,
	SIGNATURE_ALGORITHMS_CERT = 50,
};

enum { MOST_EXTENSIONS = 64 }; // of one ClientHello; browsers send some twenty

// Where the list of an extension goes; NULL for an extension that is not read.
static xstls_hello_span *place_of(xstls_hello *hello, uint16_t type)
{
	switch (type) {
	case SERVER_NAME:
		return &hello->server_name;
	case SUPPORTED_GROUPS:
		return &hello->groups;
	case SIGNATURE_ALGORITHMS:
		return &hello->signature_algorithms;
	case ALPN:
		return &hello->alpn;
	case SUPPORTED_VERSIONS:
		return &hello->versions;
	case SIGNATURE_ALGORITHMS_CERT:
		return &hello->signature_algorithms_cert;
	default:
		return NULL;
	}
}

static xstls_error parse_extension(xstls_hello *hello, uint16_t type, xstls_hello_span body)
{
	xstls_hello_span *into = place_of(hello, type);
	bool is_good;

	if (!into)
		return TLS_E_NONE;
	if (type == SERVER_NAME)
		is_good = parse_server_name(body, into);
	else if (type == ALPN)
		is_good = parse_alpn(body, into);
	else
		is_good = parse_numbers(body, type == SUPPORTED_VERSIONS ? 1 : 2, into);
	return is_good ? TLS_E_NONE : TLS_E_DECODE_ERROR;
}

// RFC 8446 §4.2, RFC 5246 §7.4.1.4: no extension comes twice. mbedTLS does not check that in TLS 1.2, where of two
// tickets one could give the session and the other the result.
static xstls_error count_extension(uint16_t seen[MOST_EXTENSIONS], size_t *count, uint16_t type)
{
	for (size_t i = 0; i < *count; i++)
		if (seen[i] == type)
			return TLS_E_ILLEGAL_PARAMETER;
	if (*count == MOST_EXTENSIONS)
		return TLS_E_DECODE_ERROR;
	seen[(*count)++] = type;
	return TLS_E_NONE;
}

static xstls_error parse_extensions(reader *r, xstls_hello *hello)
{
	uint16_t seen[MOST_EXTENSIONS];
	size_t count = 0;
	reader list;

	if (r->left == 0 && !r->broken)
		return TLS_E_NONE; // TLS 1.2 may do without
	list = read_span(take_vector(r, 2, 0));
	if (!is_whole(r))
		return TLS_E_DECODE_ERROR;
	while (list.left && !list.broken) {
		uint16_t type = (uint16_t)take_number(&list, 2);
		xstls_hello_span body = take_vector(&list, 2, 0);
		xstls_error error = list.broken ? TLS_E_DECODE_ERROR : count_extension(seen, &count, type);

		if (error == TLS_E_NONE)
			error = parse_extension(hello, type, body);
		if (error != TLS_E_NONE)
			return error;
	}
	return is_whole(&list) ? TLS_E_NONE : TLS_E_DECODE_ERROR;
}

xstls_error xstls_hello_parse(const uint8_t *message, size_t length, xstls_hello *hello)
{
	enum { MESSAGE_HEADER = 4, RANDOM = 32 };
	reader r = {.at = message, .left = length};

	*hello = (xstls_hello){0};
	take(&r, MESSAGE_HEADER);
	hello->legacy_version = (uint16_t)take_number(&r, 2);
	take(&r, RANDOM);
	take_vector(&r, 1, 0); // session id
	hello->ciphers = take_vector(&r, 2, 2);
	take_vector(&r, 1, 1); // compression methods
	if (r.broken || hello->ciphers.length % 2)
		return TLS_E_DECODE_ERROR;
	return parse_extensions(&r, hello);
}

bool xstls_hello_lists(xstls_hello_span list, uint16_t number)
{
	for (size_t i = 0; i + 1 < list.length; i += 2)
		if ((list.data[i] << 8 | list.data[i + 1]) == number)
			return true;
	return false;
}
