// engine/http-head.c: what it lets in, and that it reads nothing behind its input.

#include "fixture.h"

#include <stdlib.h>

#include "http-head.h"

#define GET "GET / HTTP/1.1\r\n"

static const xstls_http_limits limits = {.request_line = 64, .fields = 128, .count = 4};

// What is behind it is nobody's: a sanitizer sees a step beyond.
static bool read_head(const char *text, size_t length, xstls_http_head *head)
{
	uint8_t *block = malloc(length ? length : 1);
	bool is_read;

	memcpy(block, text, length);
	is_read = xstls_http_head_read(block, length, &limits, head);
	free(block);
	return is_read;
}

static const struct {
	const char *text;
	xstls_http_head head; // without the length
	const char *method, *target, *host;
} let_in[] = {
    {GET "Host: a\r\n\r\n", {0, 1, true, false, false, false, true}, "GET", "/", "a"},
    {"GET /b?c=%4 HTTP/1.0\r\nHOST:\t b.c:80 \r\n\r\n",
     {0, 1, true, true, true, false, false},
     "GET",
     "/b?c=%4",
     "b.c:80"},
    {"PUT /%41 HTTP/1.1\r\nHost: 1.2.3.4\r\nContent-Length: 007\r\nConnection: CLOSE\r\n\r\n",
     {0, 3, false, false, false, true, false},
     "PUT",
     "/%41",
     "1.2.3.4"},
    {"x / HTTP/1.0\r\nA:\r\nHost: a:\r\nConnection: Keep-Alive\r\nB: \" \t~\r\n\r\n",
     {0, 4, false, true, false, false, true},
     "x",
     "/",
     "a:"},
};

static const char *const left_out[] = {
    "",
    "\r\n" GET "Host: a\r\n\r\n",
    GET "\r\n",
    "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
    "GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /%4g HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /# HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /\x7f HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /\xc3 HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    "CONNECT /a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
    GET "Host: a\n\r\n",
    GET "Host: a\r\n\n",
    GET "Host: a\rb\r\n\r\n",
    GET "Host: a\r\n b\r\n\r\n",
    GET "Host : a\r\n\r\n",
    GET "Host\r\n\r\n",
    GET ": a\r\nHost: a\r\n\r\n",
    GET "Host: a\r\nHost: a\r\n\r\n",
    GET "Host: \r\n\r\n",
    GET "Host: [::1]\r\n\r\n",
    GET "Host: a:65536\r\n\r\n",
    GET "Host: a:000001\r\n\r\n",
    GET "Host: a%41\r\n\r\n",
    GET "Host: a b\r\n\r\n",
    GET "Host: a\r\nX: \x01\r\n\r\n",
    GET "Host: a\r\nX: \x7f\r\n\r\n",
    GET "Host: a\r\nX: \xff\r\n\r\n",
    GET "Host: a\r\nContent-Length:\r\n\r\n",
    GET "Host: a\r\nContent-Length: +1\r\n\r\n",
    GET "Host: a\r\nContent-Length: 1 1\r\n\r\n",
    GET "Host: a\r\nContent-Length: 1000000000000000\r\n\r\n",
    GET "Host: a\r\nContent-Length: 1\r\ncontent-length: 1\r\n\r\n",
    GET "Host: a\r\ntransfer-encoding: chunked\r\n\r\n",
    GET "Host: a\r\nEXPECT: 100-continue\r\n\r\n",
    GET "Host: a\r\nConnection: upgrade\r\n\r\n",
    GET "Host: a\r\nConnection: close, x\r\n\r\n",
    GET "Host: a\r\nConnection: close\r\nConnection: close\r\n\r\n",
    GET "Host: a\r\nA: b\r\nA: b\r\nA: b\r\nA: b\r\n\r\n",
};

static void assert_word(const char *text, size_t length, unsigned word, const char *expected)
{
	xstls_http_span span = xstls_http_head_word((const uint8_t *)text, length, word);

	assert_int_equal(span.length, strlen(expected));
	assert_memory_equal(text + span.at, expected, span.length);
}

static void lets_in(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(let_in) / sizeof(let_in[0]); i++) {
		const char *text = let_in[i].text;
		const xstls_http_head *expected = &let_in[i].head;
		size_t length = strlen(text);
		char behind[256];
		xstls_http_head head;
		xstls_http_span host;

		for (size_t at = 0; at < length; at++)
			assert_false(read_head(text, at, &head));
		snprintf(behind, sizeof(behind), "%s\r\n\xff", text);
		assert_true(read_head(behind, length + 3, &head));
		assert_int_equal(head.length, length);
		assert_int_equal(head.count, expected->count);
		assert_int_equal(head.is_get, expected->is_get);
		assert_int_equal(head.is_1_0, expected->is_1_0);
		assert_int_equal(head.has_query, expected->has_query);
		assert_int_equal(head.has_length, expected->has_length);
		assert_int_equal(head.keep_alive, expected->keep_alive);
		assert_word(text, length, 0, let_in[i].method);
		assert_word(text, length, 1, let_in[i].target);
		assert_int_equal(xstls_http_head_find((const uint8_t *)text, length, "host", &host), 1);
		assert_int_equal(host.length, strlen(let_in[i].host));
		assert_memory_equal(text + host.at, let_in[i].host, host.length);
	}
}

static void leaves_out(void **state)
{
	xstls_http_head head;

	(void)state;
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		if (read_head(left_out[i], strlen(left_out[i]), &head))
			fail_msg("let in: %s", left_out[i]);
}

static void assert_limit(const char *format, int most)
{
	char text[256];
	xstls_http_head head;

	for (int n = most - 1; n <= most + 1; n++) {
		snprintf(text, sizeof(text), format, n,
		         "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		         "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
		assert_int_equal(read_head(text, strlen(text), &head), n <= most);
	}
}

static void at_limits(void **state)
{
	(void)state;
	assert_limit("GET /%.*s HTTP/1.1\r\nHost: a\r\n\r\n", (int)limits.request_line - 14);
	// "Host: a", "X: " and two CRLFs.
	assert_limit("GET / HTTP/1.1\r\nHost: a\r\nX: %.*s\r\n\r\n", (int)limits.fields - 14);
}

static void finds(void **state)
{
	static const char text[] = GET "Host: a\r\nX-A:  b \r\nx-a: c\r\nX-AB:\r\n\r\n";
	const uint8_t *bytes = (const uint8_t *)text;
	xstls_http_span value = {0};

	(void)state;
	assert_int_equal(xstls_http_head_find(bytes, sizeof(text) - 1, "x-a", &value), 2);
	assert_int_equal(value.length, 1);
	assert_int_equal(text[value.at], 'b');
	assert_int_equal(xstls_http_head_find(bytes, sizeof(text) - 1, "x-ab", &value), 1);
	assert_int_equal(value.length, 0);
	assert_int_equal(xstls_http_head_find(bytes, sizeof(text) - 1, "x", &value), 0);
	assert_int_equal(xstls_http_head_find(bytes, sizeof(text) - 1, "", &value), 0);
	assert_int_equal(xstls_http_head_find(bytes, 0, "x", &value), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z8 heads that are let in, and none of them before its end", lets_in),
	    TEST("Z8 heads that are left to TypeScript", leaves_out),
	    TEST("Z8 limits", at_limits),
	    TEST("Z8 fields by name", finds),
	};

	return cmocka_run_group_tests_name("http head", tests, NULL, NULL);
}
