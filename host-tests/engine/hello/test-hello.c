// Row B4: the ClientHello is put together and read before mbedTLS is set up. The messages here are written by hand,
// each in a block of its own, so that a sanitizer sees a step beyond it.

#include "fixture.h"

#include <stdlib.h>

#include "hello/tls-hello.h"

// Version 3.3, a random of zeros, no session id, two suites, no compression.
#define HEAD                                                                                                           \
	"\x03\x03"                                                                                                         \
	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"                                                 \
	"\x00\x00\x04\x13\x01\xc0\x2b\x01\x00"
#define NAME                                                                                                           \
	"\x00\x00\x00\x0b\x00\x09\x00\x00\x06"                                                                             \
	"device"
#define ALPN "\x00\x10\x00\x0e\x00\x0c\x02h2\x08http/1.1"
#define VERSIONS "\x00\x2b\x00\x05\x04\x03\x04\x03\x03"
#define GROUPS "\x00\x0a\x00\x06\x00\x04\x00\x1d\x00\x17"
#define ALGORITHMS "\x00\x0d\x00\x04\x00\x02\x04\x03"
#define ALGORITHMS_CERT "\x00\x32\x00\x04\x00\x02\x08\x04"
#define UNKNOWN "\x7a\x7a\x00\x01\x00"

static uint8_t *message;
static xstls_hello hello;

static xstls_error parse(const char *body, size_t body_length, const char *extensions, size_t length)
{
	size_t total = 4 + body_length + (extensions ? 2 + length : 0);

	free(message);
	message = calloc(1, total);
	message[0] = 1;
	message[2] = (uint8_t)((total - 4) >> 8);
	message[3] = (uint8_t)(total - 4);
	memcpy(message + 4, body, body_length);
	if (extensions) {
		message[4 + body_length] = (uint8_t)(length >> 8);
		message[4 + body_length + 1] = (uint8_t)length;
		memcpy(message + 4 + body_length + 2, extensions, length);
	}
	return xstls_hello_parse(message, total, &hello);
}

#define PARSE(extensions) parse(HEAD, sizeof(HEAD) - 1, extensions, sizeof(extensions) - 1)

static void assert_span(xstls_hello_span span, const char *expected, size_t length)
{
	assert_int_equal(span.length, length);
	assert_memory_equal(span.data, expected, length);
}

static void everything_is_read(void **state)
{
	(void)state;
	assert_int_equal(PARSE(UNKNOWN NAME ALPN VERSIONS GROUPS ALGORITHMS ALGORITHMS_CERT), TLS_E_NONE);
	assert_int_equal(hello.legacy_version, TLS12);
	assert_span(hello.ciphers, "\x13\x01\xc0\x2b", 4);
	assert_span(hello.server_name, "device", 6);
	assert_span(hello.alpn, "\x02h2\x08http/1.1", 12);
	assert_span(hello.versions, "\x03\x04\x03\x03", 4);
	assert_span(hello.groups, "\x00\x1d\x00\x17", 4);
	assert_span(hello.signature_algorithms, "\x04\x03", 2);
	assert_span(hello.signature_algorithms_cert, "\x08\x04", 2);
	assert_true(xstls_hello_lists(hello.groups, 23));
	assert_false(xstls_hello_lists(hello.groups, 24));
	assert_false(xstls_hello_lists(hello.groups, 0x1d00));
}

static void what_is_not_sent_is_null(void **state)
{
	(void)state;
	assert_int_equal(parse(HEAD, sizeof(HEAD) - 1, NULL, 0), TLS_E_NONE);
	assert_null(hello.server_name.data);
	assert_null(hello.alpn.data);
	assert_null(hello.groups.data);
	assert_int_equal(PARSE(""), TLS_E_NONE);
}

static void malformed(void **state)
{
	(void)state;
	assert_int_equal(PARSE(NAME NAME), TLS_E_ILLEGAL_PARAMETER);
	assert_int_equal(PARSE("\x00\x23\x00\x00" NAME "\x00\x23\x00\x00"), TLS_E_ILLEGAL_PARAMETER); // two tickets
	assert_int_equal(PARSE("\x00\x00\x00\x05\x00\x03\x00\x00\x00"), TLS_E_DECODE_ERROR);          // empty name
	assert_int_equal(PARSE("\x00\x00\x00\x02\x00\x00"), TLS_E_DECODE_ERROR);                      // no name
	assert_int_equal(PARSE("\x00\x10\x00\x05\x00\x03\x00h2"), TLS_E_DECODE_ERROR);                // empty protocol
	assert_int_equal(PARSE("\x00\x10\x00\x05\x00\x03\x09h2"), TLS_E_DECODE_ERROR);       // longer than its list
	assert_int_equal(PARSE("\x00\x0a\x00\x05\x00\x03\x00\x1d\x00"), TLS_E_DECODE_ERROR); // half a number
	assert_int_equal(PARSE("\x00\x0a\x00\x04\x00\x02\x00"), TLS_E_DECODE_ERROR);
	assert_int_equal(PARSE("\x00\x0a\x00"), TLS_E_DECODE_ERROR);
	assert_int_equal(PARSE(GROUPS "\x00"), TLS_E_DECODE_ERROR);
}

static void many_extensions(void **state)
{
	enum { MOST = 300 };

	(void)state;
	for (size_t count = 60; count <= MOST; count++) {
		char extensions[4 * (MOST + 1)] = {0};

		for (size_t i = 0; i < count; i++) {
			extensions[4 * i] = (char)(0x80 + i / 256);
			extensions[4 * i + 1] = (char)i;
		}
		assert_int_equal(parse(HEAD, sizeof(HEAD) - 1, extensions, 4 * count), TLS_E_NONE);
		// One that is acted on is found however many come before it.
		extensions[4 * count + 1] = 0x23;
		assert_int_equal(parse(HEAD, sizeof(HEAD) - 1, extensions, 4 * count + 4), TLS_E_NONE);
		extensions[0] = 0;
		extensions[1] = 0x23;
		assert_int_equal(parse(HEAD, sizeof(HEAD) - 1, extensions, 4 * count + 4), TLS_E_ILLEGAL_PARAMETER);
	}
}

static void every_truncation(void **state)
{
	const char whole[] = HEAD "\x00\x2a" NAME ALPN VERSIONS;

	(void)state;
	assert_int_equal(parse(whole, sizeof(whole) - 1, NULL, 0), TLS_E_NONE);
	for (size_t length = 0; length < sizeof(whole) - 1; length++)
		if (length != sizeof(HEAD) - 1)
			assert_int_equal(parse(whole, length, NULL, 0), TLS_E_DECODE_ERROR);
	free(message);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B4 a ClientHello with all that an identity is chosen by", everything_is_read),
	    TEST("B4 a ClientHello without extensions", what_is_not_sent_is_null),
	    TEST("B4 any number of extensions is read", many_extensions),
	    TEST("B4 a ClientHello with malformed or doubled extensions is refused", malformed),
	    TEST("B4 a ClientHello cut off at every byte is refused", every_truncation),
	};

	return cmocka_run_group_tests_name("hello", tests, NULL, NULL);
}
