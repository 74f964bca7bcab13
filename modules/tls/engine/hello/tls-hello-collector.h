// Collects the ClientHello from its records before mbedTLS is set up, so that a connection costs these bytes only until
// it is complete.

#ifndef TLS_HELLO_COLLECTOR_H
#define TLS_HELLO_COLLECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"

enum {
	TLS_HELLO_RECORD_HEADER = 5,
	// Bytes of the longest ClientHello, its message header included, that mbedTLS has room for. Browsers send 2 kB.
	TLS_HELLO_LIMIT = 8192,
};

// All zero is the start.
typedef struct {
	uint8_t *record; // one record with all of the message in it, as mbedTLS gets it
	size_t length;   // bytes of it that are there, its header included
	size_t capacity;
	uint8_t header[TLS_HELLO_RECORD_HEADER]; // of the peer's record that is being read
	size_t header_length;
	size_t fragment_left;
} xstls_hello_collector;

// Whether a connection can begin with this byte: other protocols, plain HTTP most of all, show by it.
bool xstls_hello_can_start_with(uint8_t first);
// Takes bytes until the message is complete; `*taken` says how many. UNEXPECTED_MESSAGE, DECODE_ERROR,
// RECORD_OVERFLOW (a record or the message is too long) or MEMORY say that there will be none.
xstls_error xstls_hello_collect(xstls_hello_collector *collector, const uint8_t *bytes, size_t length, size_t *taken);
bool xstls_hello_is_complete(const xstls_hello_collector *collector);
// The complete message.
const uint8_t *xstls_hello_message(const xstls_hello_collector *collector, size_t *length);
// The header of the one record in which mbedTLS gets a message of `length` bytes.
void xstls_hello_write_record_header(uint8_t *record, size_t length);
void xstls_hello_collector_clear(xstls_hello_collector *collector);

#endif
