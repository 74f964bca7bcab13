// The members of a table of pre-shared keys, and look-ups in it by number and token, for other rooms of the engine.
// `psks` may be NULL for none.

#ifndef TLS_PSK_INTERNAL_H
#define TLS_PSK_INTERNAL_H

#include "tls-psk.h"

enum { TLS_PSK_HASH = 32 };

typedef struct xstls_psk_entry {
	struct xstls_psk_entry *next;
	uint32_t number;
	uint8_t identity[TLS_PSK_HASH];
	uint8_t token[TLS_PSK_HASH]; // of identity and key
	uint8_t key[TLS_PSK_MOST_KEY];
	uint8_t key_length;
	uint8_t name_length;
	uint8_t name[]; // the identity as it was given
} xstls_psk_entry;

struct xstls_psks {
	xstls_psk_entry *first;
	unsigned references;
	uint32_t count;
	struct {
		uint8_t key[TLS_PSK_MOST_KEY];
		uint8_t choice[TLS_PSK_HASH]; // the secret that picks its length
	} decoy;
};

// SHA-256. False when PSA failed.
bool xstls_psk_hash(const uint8_t *data, size_t length, uint8_t out[TLS_PSK_HASH]);

// A session by a pre-shared key may be resumed as long as its identity has that key. The two are named by a number,
// which is never 0 nor given twice, and by a token, which is the same after a restart.
// False when there is no such number any more.
bool xstls_psks_get_token(const xstls_psks *psks, uint32_t number, uint8_t token[TLS_PSK_HASH]);
// The identity, in place; NULL when there is none.
const uint8_t *xstls_psks_get_name(const xstls_psks *psks, uint32_t number, size_t *length);
// 0 when there is none.
uint32_t xstls_psks_get_number(const xstls_psks *psks, const uint8_t token[TLS_PSK_HASH]);

#endif
