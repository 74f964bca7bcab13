// Something with a header and a body, a record or a handshake message, that comes in pieces. Its body has a block of
// its own from when it begins until it is done with; there is none while nothing comes.

#ifndef TLS_ASSEMBLY_H
#define TLS_ASSEMBLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TLS_ASSEMBLY_MOST_HEADER = 5 };

// All zero, but for `header_size`, is nothing yet.
typedef struct {
	uint8_t header_size; // bytes, 1 to TLS_ASSEMBLY_MOST_HEADER
	uint8_t header_length;
	uint8_t header[TLS_ASSEMBLY_MOST_HEADER];
	uint8_t *body; // NULL before it has begun, or when it is empty or not wanted
	size_t length, filled;
} tls_assembly;

// Nothing of it has come.
bool tls_assembly_is_empty(const tls_assembly *assembly);
bool tls_assembly_has_header(const tls_assembly *assembly);
bool tls_assembly_is_whole(const tls_assembly *assembly);
// Both return how much they took. The body begins when the header is whole: see how long it is and if it is wanted.
size_t tls_assembly_take_header(tls_assembly *assembly, const uint8_t *data, size_t length);
size_t tls_assembly_take_body(tls_assembly *assembly, const uint8_t *data, size_t length);
// Instead of beginning: the body is not wanted, and passes without being kept.
void tls_assembly_skip_body(tls_assembly *assembly, size_t length);
// False when memory is short.
bool tls_assembly_begin_body(tls_assembly *assembly, size_t length);
// Frees the body and waits for the next header.
void tls_assembly_clear(tls_assembly *assembly);

#endif
