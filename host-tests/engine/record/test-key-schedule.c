// HMAC, the PRF of TLS 1.2 and HKDF-Expand-Label, beside mbedTLS's own.

#include "fixture.h"

#include "mbedtls/ssl.h"
#include "psa/crypto.h"

#include "random.h"
#include "record/tls-key-schedule.h"

static const psa_algorithm_t hashes[] = {PSA_ALG_SHA_256, PSA_ALG_SHA_384};

static void hmac_of_psa(psa_algorithm_t hash, const uint8_t *secret, size_t secret_length, const uint8_t *data,
                        size_t length, uint8_t *mac)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	mbedtls_svc_key_id_t id;
	size_t size;

	psa_set_key_type(&attributes, PSA_KEY_TYPE_HMAC);
	psa_set_key_algorithm(&attributes, PSA_ALG_HMAC(hash));
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE);
	assert_int_equal(psa_import_key(&attributes, secret, secret_length, &id), PSA_SUCCESS);
	assert_int_equal(psa_mac_compute(id, PSA_ALG_HMAC(hash), data, length, mac, PSA_HASH_LENGTH(hash), &size),
	                 PSA_SUCCESS);
	psa_destroy_key(id);
}

static void hmac(void **state)
{
	uint8_t secret[64], data[300], ours[TLS_HMAC_MOST], theirs[TLS_HMAC_MOST];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		for (size_t length = 0; length <= sizeof(data); length += 7) {
			const size_t cut = length / 3, secret_length = 1 + length % sizeof(secret);
			const xstls_hmac_span spans[] = {{data, cut}, {data + cut, length - cut}};
			xstls_hmac key;

			random_bytes(secret, sizeof(secret));
			random_bytes(data, sizeof(data));
			assert_true(xstls_hmac_begin(&key, hashes[i], secret, secret_length));
			for (int again = 0; again < 2; again++) {
				assert_true(xstls_hmac_compute(&key, spans, 2, ours));
				hmac_of_psa(hashes[i], secret, secret_length, data, length, theirs);
				assert_memory_equal(ours, theirs, PSA_HASH_LENGTH(hashes[i]));
			}
			xstls_hmac_end(&key);
		}
	}
}

static void hmac_refuses_a_long_key(void **state)
{
	uint8_t secret[65] = {0};
	xstls_hmac key;

	(void)state;
	assert_false(xstls_hmac_begin(&key, PSA_ALG_SHA_256, secret, sizeof(secret)));
	xstls_hmac_end(&key);
}

static void prf(void **state)
{
	static const mbedtls_tls_prf_types types[] = {MBEDTLS_SSL_TLS_PRF_SHA256, MBEDTLS_SSL_TLS_PRF_SHA384};
	uint8_t master[48], randoms[64], ours[200], theirs[200];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		for (size_t length = 1; length <= sizeof(ours); length++) {
			xstls_hmac key;

			random_bytes(master, sizeof(master));
			random_bytes(randoms, sizeof(randoms));
			assert_true(xstls_hmac_begin(&key, hashes[i], master, sizeof(master)));
			assert_true(xstls_prf(&key, "key expansion", (xstls_hmac_span){randoms, sizeof(randoms)}, ours, length));
			xstls_hmac_end(&key);
			assert_int_equal(mbedtls_ssl_tls_prf(types[i], master, sizeof(master), "key expansion", randoms,
			                                     sizeof(randoms), theirs, length),
			                 0);
			assert_memory_equal(ours, theirs, length);
		}
	}
}

// HKDF-Expand of one block is an HMAC over the label and the number 1 (RFC 5869 §2.3, RFC 8446 §7.1).
static void expand_label(void **state)
{
	static const uint8_t info[] = "\0\x0c\x08tls13 iv\x02xy\x01";
	uint8_t secret[48], ours[12], theirs[TLS_HMAC_MOST], longest[TLS_HMAC_MOST + 1];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		xstls_hmac key;

		random_bytes(secret, sizeof(secret));
		assert_true(xstls_hmac_begin(&key, hashes[i], secret, PSA_HASH_LENGTH(hashes[i])));
		assert_true(xstls_expand_label(&key, "iv", (xstls_hmac_span){(const uint8_t *)"xy", 2}, ours, sizeof(ours)));
		assert_false(
		    xstls_expand_label(&key, "iv", (xstls_hmac_span){NULL, 0}, longest, PSA_HASH_LENGTH(hashes[i]) + 1));
		xstls_hmac_end(&key);
		hmac_of_psa(hashes[i], secret, PSA_HASH_LENGTH(hashes[i]), info, sizeof(info) - 1, theirs);
		assert_memory_equal(ours, theirs, sizeof(ours));
	}
}

int main(void)
{
	assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
	const struct CMUnitTest tests[] = {
	    TEST("Z1 HMAC is PSA's", hmac),
	    TEST("Z1 HMAC takes no key longer than a block of its shortest hash", hmac_refuses_a_long_key),
	    TEST("Z1 the PRF of TLS 1.2 is mbedTLS's", prf),
	    TEST("Z1 HKDF-Expand-Label is an HMAC over the label", expand_label),
	};

	return cmocka_run_group_tests_name("key schedule", tests, NULL, NULL);
}
