#include "tls-key-schedule.h"

#include <string.h>

#include "mbedtls/platform_util.h"

static const char prefix[] = "tls13 ";
enum { PREFIX = sizeof(prefix) - 1, MOST_LABEL = 16 };

static xstls_hmac_span span_of(const char *text)
{
	return (xstls_hmac_span){(const uint8_t *)text, strlen(text)};
}

bool xstls_expand_label(const xstls_hmac *key, const char *label, xstls_hmac_span context, uint8_t *out, size_t length)
{
	static const uint8_t first = 1; // the number of HKDF-Expand's block (RFC 5869 §2.3)
	xstls_hmac_span name = span_of(label);
	const uint8_t head[] = {(uint8_t)(length >> 8), (uint8_t)length, (uint8_t)(PREFIX + name.length)};
	const uint8_t context_length = (uint8_t)context.length;
	const xstls_hmac_span spans[] = {
	    {head, sizeof(head)}, span_of(prefix), name, {&context_length, 1}, context, {&first, 1},
	};
	uint8_t block[TLS_HMAC_MOST];
	bool is_done;

	if (length > PSA_HASH_LENGTH(key->hash) || name.length > MOST_LABEL || context.length > UINT8_MAX)
		return false;
	is_done = xstls_hmac_compute(key, spans, sizeof(spans) / sizeof(spans[0]), block);
	if (is_done)
		memcpy(out, block, length);
	mbedtls_platform_zeroize(block, sizeof(block));
	return is_done;
}

bool xstls_prf(const xstls_hmac *key, const char *label, xstls_hmac_span seed, uint8_t *out, size_t length)
{
	uint8_t a[TLS_HMAC_MOST], block[TLS_HMAC_MOST];
	const size_t hash = PSA_HASH_LENGTH(key->hash);
	const xstls_hmac_span spans[] = {{a, hash}, span_of(label), seed};
	bool is_done = xstls_hmac_compute(key, spans + 1, 2, a);

	while (length && is_done) {
		size_t count = length < hash ? length : hash;

		is_done = xstls_hmac_compute(key, spans, 3, block);
		if (is_done)
			memcpy(out, block, count);
		out += count;
		length -= count;
		if (length && is_done)
			is_done = xstls_hmac_compute(key, spans, 1, a);
	}
	mbedtls_platform_zeroize(a, sizeof(a));
	mbedtls_platform_zeroize(block, sizeof(block));
	return is_done;
}
