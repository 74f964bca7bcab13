// A part of a message, in place.

#ifndef TLS_HELLO_SPAN_H
#define TLS_HELLO_SPAN_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
	const uint8_t *data; // NULL when the client did not send it
	size_t length;
} xstls_hello_span;

#endif
