// The ClientHello, collected and read before mbedTLS is set up, so that an identity can be chosen with nothing but
// these bytes in memory (row B4).

#ifndef TLS_HELLO_H
#define TLS_HELLO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"

enum {
	TLS_HELLO_RECORD_HEADER = 5,
	// Bytes of the longest ClientHello, its message header included, that mbedTLS has room for. Browsers send 2 kB.
	TLS_HELLO_LIMIT = 8192,
};

typedef struct {
	const uint8_t *data; // NULL when the client did not send it
	size_t length;
} tls_hello_span;

// What of a ClientHello an identity may be chosen by. The lists are as they stand in the message, without their
// outer length: numbers of two bytes each, but for the ALPN names, each of which follows a byte that is its length.
typedef struct {
	uint16_t legacy_version;
	tls_hello_span ciphers;
	tls_hello_span server_name;               // RFC 6066 §3, the host_name alone
	tls_hello_span alpn;                      // RFC 7301 §3.1
	tls_hello_span versions;                  // RFC 8446 §4.2.1
	tls_hello_span signature_algorithms;      // RFC 8446 §4.2.3
	tls_hello_span signature_algorithms_cert; // same
	tls_hello_span groups;                    // RFC 8446 §4.2.7
} tls_hello;

// Reads a whole ClientHello message, header included. TLS_E_NONE, DECODE_ERROR or ILLEGAL_PARAMETER.
tls_error tls_hello_parse(const uint8_t *message, size_t length, tls_hello *hello);
// Whether a list of two-byte numbers has `number` in it.
bool tls_hello_lists(tls_hello_span list, uint16_t number);

// Collects the message from its records, which may be split anywhere. All zero is the start.
typedef struct {
	uint8_t *record; // one record with all of the message in it, as mbedTLS gets it
	size_t length;   // bytes of it that are there, its header included
	size_t capacity;
	uint8_t header[TLS_HELLO_RECORD_HEADER]; // of the peer's record that is being read
	size_t header_length;
	size_t fragment_left;
} tls_hello_collector;

// The first byte of a connection tells TLS from other protocols, plain HTTP most of all.
bool tls_hello_can_start_with(uint8_t first);
// Takes bytes until the message is complete; `*taken` says how many. UNEXPECTED_MESSAGE, DECODE_ERROR,
// RECORD_OVERFLOW (a record or the message is too long) or MEMORY say that there will be none.
tls_error tls_hello_collect(tls_hello_collector *collector, const uint8_t *bytes, size_t length, size_t *taken);
bool tls_hello_is_complete(const tls_hello_collector *collector);
// The complete message.
const uint8_t *tls_hello_message(const tls_hello_collector *collector, size_t *length);
void tls_hello_collector_clear(tls_hello_collector *collector);

#endif
