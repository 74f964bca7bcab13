// Records of one direction, protected by an AEAD (RFC 8446 §5.2; RFC 5288, 6655 and 7905 for TLS 1.2).

#ifndef TLS_PROTECTION_H
#define TLS_PROTECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tls-suite.h"

enum {
	TLS_RECORD_HEADER = 5,
	TLS_NONCE = 12,
};

typedef enum {
	TLS_CHANGE_CIPHER_SPEC = 20,
	TLS_ALERT = 21,
	TLS_HANDSHAKE = 22,
	TLS_APPLICATION_DATA = 23,
} xstls_content_type;

typedef struct {
	const xstls_suite *suite;
	uint16_t version; // 0x0303 or 0x0304
	mbedtls_svc_key_id_t key;
	uint8_t iv[TLS_NONCE]; // TLS 1.2 with AES uses the first 4, and the record has the rest of the nonce
	uint64_t sequence;     // number of the next record
} xstls_protection;

// The plaintext of a record, in place.
typedef struct {
	uint8_t type;
	const uint8_t *data;
	size_t length;
} xstls_opened;

// Bytes of the IV that are derived with the key.
size_t xstls_protection_iv_length(const xstls_suite *suite, uint16_t version);
// Takes a new key and begins at sequence number 0. False when memory is short, and the old key goes on.
bool xstls_protection_set_key(xstls_protection *protection, psa_key_usage_t usage, const uint8_t *key,
                              const uint8_t *iv);
void xstls_protection_clear(xstls_protection *protection);

// Bytes by which a record, its header included, is longer than its plaintext.
size_t xstls_protection_expansion(const xstls_protection *protection);
// The most plaintext in a record whose body has `length` bytes.
size_t xstls_protection_capacity(const xstls_protection *protection, size_t length);
// Writes the whole record. 0 or a PSA error.
psa_status_t xstls_protection_seal(xstls_protection *protection, uint8_t type, const uint8_t *plaintext, size_t length,
                                   uint8_t *record);
// Opens the body of a record in place. 0 or a PSA error: PSA_ERROR_INVALID_SIGNATURE for a record that was not made by
// the peer.
psa_status_t xstls_protection_open(xstls_protection *protection, uint8_t type, uint8_t *body, size_t length,
                                   xstls_opened *opened);
// Takes back what has just opened a TLS 1.3 record: the body is again what it was. The key has to be one for both uses.
// 0 or a PSA error.
psa_status_t xstls_protection_close_again(xstls_protection *protection, uint8_t *body, size_t length);

#endif
