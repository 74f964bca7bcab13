// The record layer of a session whose handshake is over: keys, the record that is coming in, the plaintext that waits.

#ifndef TLS_RECORDS_H
#define TLS_RECORDS_H

#include "tls-assembly.h"
#include "port/tls-error.h"
#include "tls-hmac.h"
#include "tls-outbox.h"
#include "tls-protection.h"

typedef struct {
	tls_protection protection;
	uint8_t secret[TLS_HMAC_MOST]; // TLS 1.3: the traffic secret, of which the next one follows
} tls_direction;

typedef struct {
	tls_direction in, out;
	tls_assembly record;
	tls_assembly message;  // a handshake message that came in a part
	const uint8_t *unread; // plaintext within the record
	size_t unread_length;
	uint16_t most_in, most_out; // plaintext in a record
	uint8_t fruitless;          // records in a row that brought no plaintext
	bool owes_update;           // the peer has asked for a KeyUpdate
} tls_records;

tls_records *tls_records_new(const tls_suite *suite, uint16_t version, uint16_t most_in, uint16_t most_out);
void tls_records_free(tls_records *records);

// TLS 1.3: the traffic secret of a direction, and its keys. False when memory is short.
bool tls_records_set_secret(tls_direction *direction, psa_key_usage_t usage, const uint8_t *secret);
// TLS 1.3: the secret and keys that come after these (RFC 8446 §7.2). False when memory is short, and `next` is
// nothing.
bool tls_records_next(const tls_direction *direction, psa_key_usage_t usage, tls_direction *next);
// The same in place of these.
bool tls_records_update(tls_direction *direction, psa_key_usage_t usage);
void tls_direction_clear(tls_direction *direction);
// Puts `next` in place of it, and leaves nothing behind in `next`.
void tls_direction_take(tls_direction *direction, tls_direction *next);

// Takes a part of a record; `*taken` is how much. TLS_E_NONE, or why there is no going on.
tls_error tls_records_take(tls_records *records, const uint8_t *ciphertext, size_t length, size_t *taken);
// Opens the record once it is whole. TLS_E_NONE, or why there is no going on.
tls_error tls_records_open(tls_records *records, tls_opened *opened);
// Puts `length` bytes, at most what one record may have, into the outbox. False when memory is short.
bool tls_records_put(tls_records *records, tls_outbox *outbox, uint8_t type, const uint8_t *plaintext, size_t length);

#endif
