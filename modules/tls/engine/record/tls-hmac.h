// HMAC (RFC 2104) under one key, many times: the key is hashed once. Nothing is allocated.

#ifndef TLS_HMAC_H
#define TLS_HMAC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "psa/crypto.h"

enum { TLS_HMAC_MOST = 48 }; // bytes of SHA-384, the longest hash of any suite

typedef struct {
	psa_algorithm_t hash;
	psa_hash_operation_t inner, outer; // that have hashed the key
} xstls_hmac;

typedef struct {
	const uint8_t *data;
	size_t length;
} xstls_hmac_span;

// `length` is at most 64 bytes. xstls_hmac_end has to follow, even where this failed.
bool xstls_hmac_begin(xstls_hmac *key, psa_algorithm_t hash, const uint8_t *secret, size_t length);
// Of all spans, one after the other; `mac` is as long as the hash.
bool xstls_hmac_compute(const xstls_hmac *key, const xstls_hmac_span *spans, size_t count, uint8_t *mac);
void xstls_hmac_end(xstls_hmac *key);

#endif
