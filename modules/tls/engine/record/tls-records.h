// The record layer after the handshake: keys, the record that is being received, the plaintext that waits to be read.

#ifndef TLS_RECORDS_H
#define TLS_RECORDS_H

#include "tls-assembly.h"
#include "port/tls-error.h"
#include "tls-hmac.h"
#include "tls-outbox.h"
#include "tls-protection.h"

typedef struct {
	xstls_protection protection;
	uint8_t secret[TLS_HMAC_MOST]; // TLS 1.3: the traffic secret, of which the next one follows
} xstls_direction;

typedef struct {
	xstls_direction in, out;
	xstls_assembly record;
	xstls_assembly message; // a handshake message of which a part has come
	const uint8_t *unread;  // plaintext within the record
	size_t unread_length;
	uint16_t most_in, most_out; // plaintext in a record
	uint16_t reserve;           // bytes of heap that long records leave to handshakes
	uint8_t empty_records;      // in a row that had no plaintext
	bool owes_update;           // the peer has asked for a KeyUpdate, which is not sent yet
} xstls_records;

xstls_records *xstls_records_new(const xstls_suite *suite, uint16_t version, uint16_t most_in, uint16_t most_out);
void xstls_records_free(xstls_records *records);

// TLS 1.3: sets the traffic secret of a direction and derives its keys. False when memory is short.
bool xstls_records_set_secret(xstls_direction *direction, psa_key_usage_t usage, const uint8_t *secret);
// TLS 1.3: derives the next secret and keys of a direction (RFC 8446 §7.2). False when memory is short; `next` is
// cleared then.
bool xstls_records_next(const xstls_direction *direction, psa_key_usage_t usage, xstls_direction *next);
// Derives them and puts them in place.
bool xstls_records_update(xstls_direction *direction, psa_key_usage_t usage);
void xstls_direction_clear(xstls_direction *direction);
// Puts `next` in place, and clears `next`.
void xstls_direction_take(xstls_direction *direction, xstls_direction *next);

// Takes bytes of one record; `*taken` is how many: not the last of its header while there is no memory for a long one.
// TLS_E_NONE, or the error to end the session with.
xstls_error xstls_records_take(xstls_records *records, const uint8_t *ciphertext, size_t length, size_t *taken);
// Frees the record, and waits for the next.
void xstls_records_clear(xstls_records *records);
// Decrypts the record once it is complete. TLS_E_NONE, or the error to end the session with.
xstls_error xstls_records_open(xstls_records *records, xstls_opened *opened);
// Puts one record with `length` bytes of plaintext, at most `most_out`, into the outbox. False when memory is short.
bool xstls_records_put(xstls_records *records, xstls_outbox *outbox, uint8_t type, const uint8_t *plaintext,
                       size_t length);
// The same with a handshake message of any length, in as many records as it takes.
bool xstls_records_put_message(xstls_records *records, xstls_outbox *outbox, const uint8_t *message, size_t length);

#endif
