#include "tls-binder.h"

#include "mbedtls/platform_util.h"

#include "tls-key-schedule.h"

static bool mac(psa_algorithm_t hash, const uint8_t *key, xstls_hmac_span data, uint8_t *out)
{
	xstls_hmac hmac;
	bool is_done = xstls_hmac_begin(&hmac, hash, key, PSA_HASH_LENGTH(hash)) && xstls_hmac_compute(&hmac, &data, 1, out);

	xstls_hmac_end(&hmac);
	return is_done;
}

// In place.
static bool expand(psa_algorithm_t hash, uint8_t *secret, const char *label, xstls_hmac_span context)
{
	xstls_hmac hmac;
	bool is_done = xstls_hmac_begin(&hmac, hash, secret, PSA_HASH_LENGTH(hash)) &&
	               xstls_expand_label(&hmac, label, context, secret, PSA_HASH_LENGTH(hash));

	xstls_hmac_end(&hmac);
	return is_done;
}

// RFC 8446 §7.1: from the Early Secret to the key of the binder.
bool xstls_binder_compute(const xstls_binder_key *key, const uint8_t *transcript, uint8_t *binder)
{
	static const uint8_t no_salt[TLS_HMAC_MOST];
	const size_t length = PSA_HASH_LENGTH(key->hash);
	uint8_t secret[TLS_HMAC_MOST], nothing[TLS_HMAC_MOST];
	size_t count;
	bool is_done = psa_hash_compute(key->hash, NULL, 0, nothing, sizeof(nothing), &count) == PSA_SUCCESS &&
	               mac(key->hash, no_salt, key->key, secret) &&
	               expand(key->hash, secret, key->is_resumption ? "res binder" : "ext binder",
	                      (xstls_hmac_span){nothing, length}) &&
	               expand(key->hash, secret, "finished", (xstls_hmac_span){NULL, 0}) &&
	               mac(key->hash, secret, (xstls_hmac_span){transcript, length}, binder);

	mbedtls_platform_zeroize(secret, sizeof(secret));
	return is_done;
}
