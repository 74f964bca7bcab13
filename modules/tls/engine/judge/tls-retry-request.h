// A client reads the HelloRetryRequest (RFC 8446 §4.1.4), and makes of it and of its own second ClientHello what
// mbedTLS does not make: see tls-retry.h.

#ifndef TLS_RETRY_REQUEST_H
#define TLS_RETRY_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "psa/crypto.h"

#include "hello/tls-hello-span.h"

enum {
	TLS_RETRY_HEAD = 5 + 4 + 2 + 32, // bytes by which a HelloRetryRequest is known, that of its record included
	TLS_RETRY_MOST = 2048,           // bytes of the longest that is read here
	TLS_BINDERS_HEADER = 2 + 1,      // bytes before a binder that is the only one: the length of the list, and its own
};

typedef enum {
	TLS_RETRY_LOOKING,   // whether the server's first record is a request
	TLS_RETRY_GATHERING, // the rest of it
	TLS_RETRY_READ,      // it is whole
	TLS_RETRY_NONE,      // it is none
} xstls_retry_phase;

// All zero is the start.
typedef struct {
	xstls_retry_phase phase;
	uint8_t head[TLS_RETRY_HEAD];
	size_t length;           // bytes of the head, or of the request, that are there
	uint8_t *request;        // its record
	size_t whole;            // bytes of it
	uint8_t *without_cookie; // a record with the same but for the cookie
	size_t without_cookie_length;
	xstls_hello_span cookie; // the extension, in the request; NULL for none
	psa_algorithm_t hash;    // of the request's suite
	uint8_t *second;         // record of the second ClientHello
	size_t second_length;
} xstls_retry_request;

void xstls_retry_request_free(xstls_retry_request *request);
// Takes input until the phase is READ or NONE; returns how much. `*result` is 0 or an mbedTLS error.
size_t xstls_retry_request_take(xstls_retry_request *request, const uint8_t *bytes, size_t length, int *result);
// Makes `second` of mbedTLS's second ClientHello: with the cookie and, if `*keeps_key` and there is one, with its
// pre-shared key, whose binder it ends with and which is to be made anew. False when memory is short.
bool xstls_retry_request_answer(xstls_retry_request *request, const uint8_t *record, size_t length, bool *keeps_key);

#endif
