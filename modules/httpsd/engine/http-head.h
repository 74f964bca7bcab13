// Request heads as nearly all are, read in place. What is let in here is let in by request-head.ts too, as the same
// request; what is not, for any reason, is read there, which knows how it is to be refused. So whether a head may be
// let in is never decided here alone, and nothing that is rare is written twice.
//
// Let in is what is complete, in US-ASCII, with a target in origin-form, one Host that is a name or an IPv4 address, no
// Transfer-Encoding and no Expect, at most one Content-Length of 1 to 15 digits and at most one Connection that is
// "keep-alive" or "close".

#ifndef HTTP_HEAD_H
#define HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What of limits.ts a head is judged by.
typedef struct {
	size_t request_line; // bytes, without CRLF
	size_t fields;       // bytes of all field lines, with their CRLFs
	size_t count;        // of field lines
} xstls_http_limits;

typedef struct {
	size_t length; // with the empty line
	size_t count;  // of field lines
	bool is_get, is_1_0, has_query, has_length, keep_alive;
} xstls_http_head;

typedef struct {
	size_t at, length;
} xstls_http_span;

// Reads the head that `bytes` begins with. False when it is to be read by request-head.ts.
bool xstls_http_head_read(const uint8_t *bytes, size_t length, const xstls_http_limits *limits, xstls_http_head *head);

// The following are of a head that was let in.

// Word 0 of the request line is the method, 1 the target.
xstls_http_span xstls_http_head_word(const uint8_t *bytes, size_t length, unsigned word);

// How many lines the field has, 2 for any more, and the value of the first. `name` is in lower case.
unsigned xstls_http_head_find(const uint8_t *bytes, size_t length, const char *name, xstls_http_span *value);

#endif
