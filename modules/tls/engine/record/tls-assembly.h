// Puts a record or a handshake message together from pieces: a header of fixed size, and a body whose length the header
// says. The body is allocated when the header is complete and freed when the caller is done with it.

#ifndef TLS_ASSEMBLY_H
#define TLS_ASSEMBLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TLS_ASSEMBLY_MOST_HEADER = 5 };

// All zero, except `header_size`, is the start.
typedef struct {
	uint8_t header_size; // bytes, 1 to TLS_ASSEMBLY_MOST_HEADER
	uint8_t header_length;
	uint8_t header[TLS_ASSEMBLY_MOST_HEADER];
	uint8_t *body; // NULL before it has begun, or when it is empty or skipped
	size_t length, filled;
} xstls_assembly;

// Whether no byte has come.
bool xstls_assembly_is_empty(const xstls_assembly *assembly);
bool xstls_assembly_has_header(const xstls_assembly *assembly);
bool xstls_assembly_is_whole(const xstls_assembly *assembly);
// Both return how many bytes they took. Between them, when the header is complete, the body is begun or skipped.
size_t xstls_assembly_take_header(xstls_assembly *assembly, const uint8_t *data, size_t length);
size_t xstls_assembly_take_body(xstls_assembly *assembly, const uint8_t *data, size_t length);
// The last byte of a complete header has not been taken: it will come again.
void xstls_assembly_untake_header(xstls_assembly *assembly);
// The body is taken without being kept.
void xstls_assembly_skip_body(xstls_assembly *assembly, size_t length);
// False when memory is short.
bool xstls_assembly_begin_body(xstls_assembly *assembly, size_t length);
// Frees the body and waits for the next header.
void xstls_assembly_clear(xstls_assembly *assembly);

#endif
