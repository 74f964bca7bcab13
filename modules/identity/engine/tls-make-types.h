// Input and output of what the device makes for itself (row Z5): keys, certificates, signing requests.

#ifndef TLS_MAKE_TYPES_H
#define TLS_MAKE_TYPES_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
	const uint8_t *data;
	size_t length;
} xstls_bytes;

// A buffer for DER, `size` bytes long; `length` bytes of it were written, 0 after an error.
typedef struct {
	uint8_t *data;
	size_t size;
	size_t length;
} xstls_output;

#endif
