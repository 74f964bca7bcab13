// Reads the parts of a message one after the other.

#ifndef TLS_HELLO_READER_H
#define TLS_HELLO_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tls-hello-span.h"

// Bytes that are still to be read. A read beyond the end sets `broken`, and every read after that is empty.
typedef struct {
	const uint8_t *at;
	size_t left;
	bool broken;
} xstls_reader;

xstls_reader xstls_read_span(xstls_hello_span span);
xstls_hello_span xstls_take(xstls_reader *reader, size_t count);
size_t xstls_take_number(xstls_reader *reader, size_t width);
// A vector of at least `least` bytes behind a length of `width` bytes.
xstls_hello_span xstls_take_vector(xstls_reader *reader, size_t width, size_t least);
// Whether all was read, and nothing beyond.
bool xstls_is_read(const xstls_reader *reader);

#endif
