// Follows the record headers in the input of mbedTLS: a record that is too long is refused before any of it is taken
// (rows A1, E5), and an unencrypted alert is recognized.

#ifndef TLS_RECORD_TRACKER_H
#define TLS_RECORD_TRACKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"

// All zero is the start of the stream.
typedef struct {
	uint8_t header[5];
	uint8_t header_length;
	uint8_t body[2]; // the first bytes of it
	size_t body_left;
} xstls_record_tracker;

// Tracks bytes that are about to be taken. False when a record among them announces more bytes than `limit` bytes of
// plaintext can become.
bool xstls_record_track(xstls_record_tracker *tracker, const uint8_t *bytes, size_t length, size_t limit);
// Whether `first` can follow what was tracked: a server begins with the content type of a handshake record or of an
// alert, and later bytes are not checked here.
bool xstls_record_can_begin_with(const xstls_record_tracker *tracker, uint8_t first);
// The error for a connection that begins with a byte that it cannot begin with: UNEXPECTED_MESSAGE where the byte is
// the type of a record, NOT_TLS where it is not.
xstls_error xstls_record_refusal(uint8_t first);
// Whether the last record was an unencrypted alert; `*description` is its AlertDescription.
bool xstls_record_is_plain_alert(const xstls_record_tracker *tracker, uint8_t *description);

#endif
