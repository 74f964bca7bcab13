// mbedTLS parses the message again and judges it. Checked here is only what is needed to find the extensions, and that
// each extension that is read is well-formed.

#include "tls-hello.h"

#include <string.h>

#include "tls-hello-reader.h"

static bool parse_numbers(xstls_hello_span body, size_t width, xstls_hello_span *list)
{
	xstls_reader r = xstls_read_span(body);

	*list = xstls_take_vector(&r, width, 2);
	return xstls_is_read(&r) && list->length % 2 == 0;
}

// The first host_name. No other type of name is defined, and one is ignored.
static bool parse_server_name(xstls_hello_span body, xstls_hello_span *name)
{
	enum { HOST_NAME = 0 };
	xstls_reader r = xstls_read_span(body), list = xstls_read_span(xstls_take_vector(&r, 2, 1));

	while (xstls_is_read(&r) && !list.broken && list.left) {
		bool is_host = xstls_take_number(&list, 1) == HOST_NAME;
		xstls_hello_span entry = xstls_take_vector(&list, 2, 1);

		if (is_host && !name->data)
			*name = entry;
	}
	return xstls_is_read(&r) && xstls_is_read(&list);
}

static bool parse_alpn(xstls_hello_span body, xstls_hello_span *names)
{
	xstls_reader r = xstls_read_span(body), list;

	*names = xstls_take_vector(&r, 2, 2);
	list = xstls_read_span(*names);
	while (!list.broken && list.left)
		xstls_take_vector(&list, 1, 1);
	return xstls_is_read(&r) && xstls_is_read(&list);
}

enum {
	SERVER_NAME = 0,
	SUPPORTED_GROUPS = 10,
	SIGNATURE_ALGORITHMS = 13,
	ALPN = 16,
	EXTENDED_MASTER_SECRET = 23,
	PRE_SHARED_KEY = 41,
	EARLY_DATA = 42,
	SUPPORTED_VERSIONS = 43,
	PSK_KEY_EXCHANGE_MODES = 45,
	SIGNATURE_ALGORITHMS_CERT = 50,
};

enum {
	NUMBERED = 64,    // extensions that are told apart by a bit for each: all that this engine or mbedTLS acts on
	MOST_OTHERS = 64, // of the others, as many as are told apart by comparing them
};

typedef struct {
	uint64_t numbered;
	uint16_t others[MOST_OTHERS];
	size_t count; // of others
} seen_extensions;

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

// A list of one-byte numbers.
static bool parse_modes(xstls_hello_span body, bool *with_ecdhe)
{
	enum { PSK_DHE_KE = 1 };
	xstls_reader r = xstls_read_span(body);
	xstls_hello_span modes = xstls_take_vector(&r, 1, 1);

	*with_ecdhe = modes.length && memchr(modes.data, PSK_DHE_KE, modes.length);
	return xstls_is_read(&r);
}

// Extensions of which it counts that they are there. Their content is mbedTLS's.
static void note_extension(xstls_hello *hello, uint16_t type)
{
	hello->extended_master_secret |= type == EXTENDED_MASTER_SECRET;
	hello->early_data |= type == EARLY_DATA;
	hello->pre_shared_key |= type == PRE_SHARED_KEY;
}

static xstls_error parse_extension(xstls_hello *hello, uint16_t type, xstls_hello_span body)
{
	xstls_hello_span *into = place_of(hello, type);
	bool is_good;

	note_extension(hello, type);
	if (type == PSK_KEY_EXCHANGE_MODES)
		return parse_modes(body, &hello->psk_with_ecdhe) ? TLS_E_NONE : TLS_E_DECODE_ERROR;
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
static xstls_error count_extension(seen_extensions *seen, uint16_t type)
{
	if (type < NUMBERED) {
		const uint64_t bit = UINT64_C(1) << type;
		const bool is_known = seen->numbered & bit;

		seen->numbered |= bit;
		return is_known ? TLS_E_ILLEGAL_PARAMETER : TLS_E_NONE;
	}
	for (size_t i = 0; i < seen->count; i++)
		if (seen->others[i] == type)
			return TLS_E_ILLEGAL_PARAMETER;
	// Beyond these nobody reads what could be there twice.
	if (seen->count < MOST_OTHERS)
		seen->others[seen->count++] = type;
	return TLS_E_NONE;
}

static xstls_error parse_extensions(xstls_reader *r, xstls_hello *hello)
{
	seen_extensions seen = {0};
	xstls_reader list;

	if (r->left == 0 && !r->broken)
		return TLS_E_NONE; // TLS 1.2 may do without
	list = xstls_read_span(xstls_take_vector(r, 2, 0));
	if (!xstls_is_read(r))
		return TLS_E_DECODE_ERROR;
	while (list.left && !list.broken) {
		uint16_t type = (uint16_t)xstls_take_number(&list, 2);
		xstls_hello_span body = xstls_take_vector(&list, 2, 0);
		xstls_error error = list.broken ? TLS_E_DECODE_ERROR : count_extension(&seen, type);

		if (error == TLS_E_NONE)
			error = parse_extension(hello, type, body);
		if (error != TLS_E_NONE)
			return error;
	}
	return xstls_is_read(&list) ? TLS_E_NONE : TLS_E_DECODE_ERROR;
}

xstls_error xstls_hello_parse(const uint8_t *message, size_t length, xstls_hello *hello)
{
	enum { MESSAGE_HEADER = 4, RANDOM = 32 };
	xstls_reader r = {.at = message, .left = length};

	*hello = (xstls_hello){0};
	xstls_take(&r, MESSAGE_HEADER);
	hello->legacy_version = (uint16_t)xstls_take_number(&r, 2);
	xstls_take(&r, RANDOM);
	xstls_take_vector(&r, 1, 0); // session id
	hello->ciphers = xstls_take_vector(&r, 2, 2);
	xstls_take_vector(&r, 1, 1); // compression methods
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
