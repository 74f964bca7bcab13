#include "tls-hmac.h"

#include <string.h>

#include "mbedtls/platform_util.h"

enum { MOST_KEY = 64, MOST_BLOCK = 128, INNER = 0x36, OUTER = 0x5c };

static bool begin_half(psa_hash_operation_t *half, psa_algorithm_t hash, uint8_t *block, uint8_t change)
{
	size_t length = PSA_HASH_BLOCK_LENGTH(hash);

	for (size_t i = 0; i < length; i++)
		block[i] ^= change;
	*half = psa_hash_operation_init();
	return psa_hash_setup(half, hash) == PSA_SUCCESS && psa_hash_update(half, block, length) == PSA_SUCCESS;
}

bool xstls_hmac_begin(xstls_hmac *key, psa_algorithm_t hash, const uint8_t *secret, size_t length)
{
	uint8_t block[MOST_BLOCK] = {0};
	bool has_begun;

	*key = (xstls_hmac){.hash = hash, .inner = psa_hash_operation_init(), .outer = psa_hash_operation_init()};
	if (length > MOST_KEY)
		return false;
	memcpy(block, secret, length);
	has_begun = begin_half(&key->inner, hash, block, INNER) && begin_half(&key->outer, hash, block, INNER ^ OUTER);
	mbedtls_platform_zeroize(block, sizeof(block));
	return has_begun;
}

static bool finish(const psa_hash_operation_t *half, const xstls_hmac_span *spans, size_t count, uint8_t *digest)
{
	psa_hash_operation_t hash = psa_hash_operation_init();
	psa_status_t status = psa_hash_clone(half, &hash);
	size_t length;

	for (size_t i = 0; i < count && status == PSA_SUCCESS; i++)
		status = psa_hash_update(&hash, spans[i].data, spans[i].length);
	if (status == PSA_SUCCESS)
		status = psa_hash_finish(&hash, digest, TLS_HMAC_MOST, &length);
	psa_hash_abort(&hash);
	return status == PSA_SUCCESS;
}

bool xstls_hmac_compute(const xstls_hmac *key, const xstls_hmac_span *spans, size_t count, uint8_t *mac)
{
	uint8_t digest[TLS_HMAC_MOST];
	const xstls_hmac_span inner = {digest, PSA_HASH_LENGTH(key->hash)};
	uint8_t result[TLS_HMAC_MOST];
	bool is_done = finish(&key->inner, spans, count, digest) && finish(&key->outer, &inner, 1, result);

	if (is_done)
		memcpy(mac, result, PSA_HASH_LENGTH(key->hash));
	mbedtls_platform_zeroize(digest, sizeof(digest));
	mbedtls_platform_zeroize(result, sizeof(result));
	return is_done;
}

void xstls_hmac_end(xstls_hmac *key)
{
	psa_hash_abort(&key->inner);
	psa_hash_abort(&key->outer);
}
