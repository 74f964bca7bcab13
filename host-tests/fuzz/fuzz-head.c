// Request heads that C reads in place: what is let in is whole, plain and within its bounds.

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "http-head.h"

static const xstls_http_limits limits = {.request_line = 2048, .fields = 8192, .count = 64};

static void look_at(xstls_http_span span, const uint8_t *bytes, size_t length)
{
	fuzz_check(span.at <= length && span.length <= length - span.at, "a text is within the head");
	for (size_t i = 0; i < span.length; i++)
		fuzz_check(bytes[span.at + i] == '\t' || (bytes[span.at + i] >= ' ' && bytes[span.at + i] < 0x7f),
		           "a text is US-ASCII without control characters");
}

static void look_up(const uint8_t *bytes, size_t length, const char *name)
{
	xstls_http_span value;

	if (xstls_http_head_find(bytes, length, name, &value))
		look_at(value, bytes, length);
}

static void run(const uint8_t *data, size_t length)
{
	static const char *const names[] = {"host", "content-length", "transfer-encoding", "connection", "expect", "x"};
	xstls_http_span value;
	xstls_http_head head;
	size_t whole;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		look_up(data, length, names[i]);
	if (!xstls_http_head_read(data, length, &limits, &head))
		return;
	fuzz_check(head.length >= 4 && head.length <= length, "a head is within the input");
	fuzz_check(memmem(data, head.length, "\r\n\r\n", 4) == data + head.length - 4, "it ends at its first empty line");
	fuzz_check(!memchr(data, 0, head.length), "it has no NUL");
	look_at(xstls_http_head_word(data, head.length, 0), data, head.length);
	value = xstls_http_head_word(data, head.length, 1);
	look_at(value, data, head.length);
	fuzz_check(value.length && data[value.at] == '/', "its target is in origin-form");
	fuzz_check(xstls_http_head_find(data, head.length, "host", &value) == 1 && value.length, "it has one Host");
	fuzz_check(!xstls_http_head_find(data, head.length, "transfer-encoding", &value), "it is not in chunks");
	fuzz_check(xstls_http_head_find(data, head.length, "content-length", &value) == head.has_length,
	           "it has one length at most");
	fuzz_check(xstls_http_head_find(data, head.length, "connection", &value) < 2, "and one Connection");
	whole = head.length;
	for (size_t missing = 1; missing <= 4; missing++)
		fuzz_check(!xstls_http_head_read(data, whole - missing, &limits, &head), "no part of it is a head");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
	fuzz_check_leaks(run, data, length);
	return 0;
}

void fuzz_make_seeds(void)
{
	static const char *const seeds[][2] = {
	    {"get", "GET /a?b HTTP/1.1\r\nHost: a.b:80\r\nAccept: */*\r\n\r\n"},
	    {"post", "POST /%41 HTTP/1.0\r\nhost: 1.2.3.4\r\nContent-Length: 12\r\nConnection: keep-alive\r\n\r\nbody"},
	    {"chunked", "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n"},
	    {"close", "x /\" HTTP/1.1\r\nX:\t \r\nHost:a\r\nConnection:close\r\nCookie: a=b; c\r\n\r\nGET / HTTP/1.1\r\n"},
	};

	for (size_t i = 0; i < sizeof(seeds) / sizeof(seeds[0]); i++)
		fuzz_put_seed(seeds[i][0], (const uint8_t *)seeds[i][1], strlen(seeds[i][1]));
}
