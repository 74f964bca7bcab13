// Derives keys from secrets: HKDF-Expand-Label (RFC 8446 §7.1) and the PRF of TLS 1.2 (RFC 5246 §5).

#ifndef TLS_KEY_SCHEDULE_H
#define TLS_KEY_SCHEDULE_H

#include "tls-hmac.h"

// `key` was begun with the secret. `length` is at most one hash; `label` is without its "tls13 ", at most 16
// characters; `context` at most 255 bytes.
bool xstls_expand_label(const xstls_hmac *key, const char *label, xstls_hmac_span context, uint8_t *out, size_t length);
// `key` was begun with the master secret.
bool xstls_prf(const xstls_hmac *key, const char *label, xstls_hmac_span seed, uint8_t *out, size_t length);

#endif
