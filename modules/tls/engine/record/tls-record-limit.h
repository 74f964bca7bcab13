// How large a record may be that comes in (rows A1, E5), judged by its header, before anything of it is taken.

#ifndef TLS_RECORD_LIMIT_H
#define TLS_RECORD_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"

enum {
	TLS_RECORD_LEAST = 512,     // bytes of plaintext, lower bound of both limits
	TLS_RECORD_MOST = 16384,    // RFC 8446 §5.1
	TLS_RECORD_EXPANSION = 256, // what encryption may add to a record (RFC 8446 §5.2)
};

// Where in the stream of records the input is. All zero is the start.
typedef struct {
	uint8_t header[5];
	uint8_t header_length;
	uint8_t body[2]; // its first bytes
	size_t body_left;
} tls_record_place;

// Goes on by bytes that are about to be taken. False when a record begins with them that is longer than `limit` bytes
// of plaintext can become.
bool tls_record_pass(tls_record_place *place, const uint8_t *bytes, size_t length, size_t limit);
// False for a first byte of all that a server cannot say: it begins with its ServerHello, or with an alert.
bool tls_record_can_begin_with(const tls_record_place *place, uint8_t first);
// Why a connection that begins with this byte, with which it cannot, is refused: NOT_TLS, or UNEXPECTED_MESSAGE where
// it is the type of a record.
tls_error tls_record_refusal(uint8_t first);
// Whether the record that was passed last is an alert in the clear; `*description` is what it says.
bool tls_record_is_plain_alert(const tls_record_place *place, uint8_t *description);

#endif
