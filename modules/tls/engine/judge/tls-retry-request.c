#include "tls-retry-request.h"

#include <string.h>

#include "mbedtls/ssl.h"

#include "port/tls-alloc.h"
#include "record/tls-protection.h"
#include "record/tls-suite.h"
#include "hello/tls-hello-parts.h"

enum { MESSAGE_HEADER = 4, BEFORE_SESSION_ID = MESSAGE_HEADER + 2 + 32, COOKIE = 44 };

void xstls_retry_request_free(xstls_retry_request *r)
{
	xstls_free(r->request);
	xstls_free(r->without_cookie);
	xstls_free(r->second);
	*r = (xstls_retry_request){0};
}

static size_t number_at(const uint8_t *bytes)
{
	return (size_t)bytes[0] << 8 | bytes[1];
}

static void add_to_number(uint8_t *bytes, ptrdiff_t by)
{
	size_t number = (size_t)((ptrdiff_t)number_at(bytes) + by);

	bytes[0] = (uint8_t)(number >> 8);
	bytes[1] = (uint8_t)number;
}

// Of the record, the message and its extensions, which stand at `extensions`.
static void add_to_lengths(uint8_t *record, size_t extensions, ptrdiff_t by)
{
	add_to_number(record + 3, by);
	add_to_number(record + TLS_RECORD_HEADER + 2, by);
	add_to_number(record + extensions, by);
}

// By its header alone: one of another length is mbedTLS's at once, which may have to refuse it by that.
static bool may_be_request(const uint8_t *head)
{
	return head[0] == TLS_HANDSHAKE && number_at(head + 3) > BEFORE_SESSION_ID &&
	       number_at(head + 3) <= TLS_RETRY_MOST;
}

// RFC 8446 §4.1.3: by its random. It has to be alone in its record, and the record to be of a usual length.
static bool is_request(const uint8_t *head)
{
	static const uint8_t random[] = {0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C,
	                                 0x02, 0x1E, 0x65, 0xB8, 0x91, 0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB,
	                                 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C};
	const uint8_t *message = head + TLS_RECORD_HEADER;
	size_t length = number_at(head + 3);

	return may_be_request(head) && message[0] == MBEDTLS_SSL_HS_SERVER_HELLO && message[1] == 0 &&
	       number_at(message + 2) + MESSAGE_HEADER == length &&
	       memcmp(message + MESSAGE_HEADER + 2, random, sizeof(random)) == 0;
}

static size_t fill(uint8_t *into, size_t *filled, size_t whole, const uint8_t *bytes, size_t length)
{
	size_t count = length < whole - *filled ? length : whole - *filled;

	memcpy(into + *filled, bytes, count);
	*filled += count;
	return count;
}

// Whether the head says already what it is.
static bool is_decided(const xstls_retry_request *r)
{
	return r->length == TLS_RETRY_HEAD || (r->length >= TLS_RECORD_HEADER && !may_be_request(r->head));
}

static int begin_gathering(xstls_retry_request *r)
{
	r->whole = TLS_RECORD_HEADER + number_at(r->head + 3);
	r->request = xstls_calloc(1, r->whole);
	if (!r->request)
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	memcpy(r->request, r->head, TLS_RETRY_HEAD);
	r->phase = TLS_RETRY_GATHERING;
	return 0;
}

typedef struct {
	uint16_t suite;
	xstls_reader extensions;
	size_t extensions_at; // in the record
} request_parts;

static bool parse_request(const xstls_retry_request *r, request_parts *parts)
{
	xstls_reader in = {.at = r->request, .left = r->whole};

	xstls_take(&in, TLS_RETRY_HEAD);
	xstls_take_vector(&in, 1, 0); // session id
	parts->suite = (uint16_t)xstls_take_number(&in, 2);
	xstls_take(&in, 1); // compression
	parts->extensions_at = (size_t)(in.at - r->request);
	parts->extensions = xstls_read_span(xstls_take_vector(&in, 2, 0));
	return xstls_is_read(&in);
}

static int take_cookie(xstls_retry_request *r, const xstls_hello_extension *extension)
{
	xstls_reader in = xstls_read_span(extension->body);

	xstls_take_vector(&in, 2, 1);
	r->cookie = extension->whole;
	return xstls_is_read(&in) ? 0 : MBEDTLS_ERR_SSL_DECODE_ERROR;
}

// RFC 8446 §4.1.4, §4.2: none but these three, each once, and one of the latter two has to be there.
static int judge_extensions(xstls_retry_request *r, xstls_reader extensions)
{
	enum { VERSIONS = 1 << 0, SHARE = 1 << 1, COOKIES = 1 << 2 };
	xstls_hello_extension extension;
	unsigned seen = 0;
	int result = 0;

	while (result == 0 && xstls_hello_next_extension(&extensions, &extension)) {
		unsigned bit = extension.type == TLS_HELLO_SUPPORTED_VERSIONS ? VERSIONS
		               : extension.type == TLS_HELLO_KEY_SHARE        ? SHARE
		               : extension.type == COOKIE                     ? COOKIES
		                                                              : 0;

		if (bit == 0)
			return MBEDTLS_ERR_SSL_UNSUPPORTED_EXTENSION;
		if (seen & bit)
			return MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER;
		seen |= bit;
		if (bit == COOKIES)
			result = take_cookie(r, &extension);
	}
	if (result == 0 && extensions.broken)
		return MBEDTLS_ERR_SSL_DECODE_ERROR;
	return result == 0 && !(seen & (SHARE | COOKIES)) ? MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER : result;
}

// The request without its cookie.
static bool drop_cookie(xstls_retry_request *r, size_t extensions_at)
{
	size_t at = r->cookie.data ? (size_t)(r->cookie.data - r->request) : r->whole, end = at + r->cookie.length;

	r->without_cookie_length = r->whole - r->cookie.length;
	r->without_cookie = xstls_calloc(1, r->without_cookie_length);
	if (!r->without_cookie)
		return false;
	memcpy(r->without_cookie, r->request, at);
	memcpy(r->without_cookie + at, r->request + end, r->whole - end);
	add_to_lengths(r->without_cookie, extensions_at, -(ptrdiff_t)r->cookie.length);
	return true;
}

static int read_request(xstls_retry_request *r)
{
	request_parts parts;
	const xstls_suite *suite;
	int result;

	if (!parse_request(r, &parts))
		return MBEDTLS_ERR_SSL_DECODE_ERROR;
	result = judge_extensions(r, parts.extensions);
	if (result)
		return result;
	suite = xstls_suite_of(parts.suite);
	r->hash = suite ? suite->hash : PSA_ALG_SHA_256;
	r->phase = TLS_RETRY_READ;
	return drop_cookie(r, parts.extensions_at) ? 0 : PSA_ERROR_INSUFFICIENT_MEMORY;
}

static size_t gather(xstls_retry_request *r, const uint8_t *bytes, size_t length, int *result)
{
	size_t taken = fill(r->request, &r->length, r->whole, bytes, length);

	*result = r->length < r->whole ? 0 : read_request(r);
	return taken;
}

static size_t look(xstls_retry_request *r, const uint8_t *bytes, size_t length, int *result)
{
	size_t wanted = r->length < TLS_RECORD_HEADER ? TLS_RECORD_HEADER : TLS_RETRY_HEAD;
	size_t taken = fill(r->head, &r->length, wanted, bytes, length);

	*result = 0;
	if (!is_decided(r))
		return taken;
	if (r->length == TLS_RETRY_HEAD && is_request(r->head))
		*result = begin_gathering(r);
	else
		r->phase = TLS_RETRY_NONE;
	return taken;
}

size_t xstls_retry_request_take(xstls_retry_request *r, const uint8_t *bytes, size_t length, int *result)
{
	return r->phase == TLS_RETRY_GATHERING ? gather(r, bytes, length, result) : look(r, bytes, length, result);
}

// Where the pre-shared keys stand in a ClientHello, which are its last extension; behind all for none.
static size_t place_of_psk(xstls_hello_parts parts, const uint8_t *record, size_t length)
{
	xstls_hello_extension extension;

	while (xstls_hello_next_extension(&parts.extensions, &extension))
		if (extension.type == TLS_HELLO_PRE_SHARED_KEY)
			return (size_t)(extension.whole.data - record);
	return length;
}

// Whether the keys at `at` have one binder, of `size` bytes, with which the message ends.
static bool has_one_binder(const uint8_t *record, size_t at, size_t length, size_t size)
{
	const uint8_t *list = record + length - size - TLS_BINDERS_HEADER;

	return at + size + TLS_BINDERS_HEADER < length && number_at(list) == size + 1 && list[2] == size;
}

bool xstls_retry_request_answer(xstls_retry_request *r, const uint8_t *record, size_t length, bool *keeps_key)
{
	xstls_hello_parts parts = xstls_hello_take_apart(record + TLS_RECORD_HEADER, length - TLS_RECORD_HEADER);
	size_t extensions_at = (size_t)(parts.start.data + parts.start.length - record);
	size_t end = place_of_psk(parts, record, length), key;

	*keeps_key &= has_one_binder(record, end, length, PSA_HASH_LENGTH(r->hash));
	key = *keeps_key ? length - end : 0;
	r->second_length = end + r->cookie.length + key;
	r->second = xstls_calloc(1, r->second_length);
	if (!r->second)
		return false;
	memcpy(r->second, record, end);
	if (r->cookie.length)
		memcpy(r->second + end, r->cookie.data, r->cookie.length);
	if (key)
		memcpy(r->second + end + r->cookie.length, record + end, key);
	add_to_lengths(r->second, extensions_at, (ptrdiff_t)r->second_length - (ptrdiff_t)length);
	return true;
}
