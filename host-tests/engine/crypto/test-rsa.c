// crypto/tls-rsa.c: what an RSA key's signatures have in common is made once, and forgotten with the identity.

#include "fixture.h"
#include "pair.h"

#include "crypto/tls-rsa.h"
#include "opaque-keys.h"

#define SIGN_PARAMETERS                                                                                                \
	const psa_key_attributes_t *attributes, const uint8_t *key, size_t key_length, psa_algorithm_t algorithm,          \
	    const uint8_t *hash, size_t hash_length, uint8_t *signature, size_t signature_size, size_t *signature_length

mbedtls_rsa_context *__real_xstls_port_rsa_load(const uint8_t *key, size_t key_length);
mbedtls_rsa_context *__wrap_xstls_port_rsa_load(const uint8_t *key, size_t key_length);
psa_status_t __real_xstls_library_rsa_sign_hash(SIGN_PARAMETERS);
psa_status_t __wrap_xstls_library_rsa_sign_hash(SIGN_PARAMETERS);

static struct {
	unsigned loaded, by_library;
} count;

mbedtls_rsa_context *__wrap_xstls_port_rsa_load(const uint8_t *key, size_t key_length)
{
	count.loaded++;
	return __real_xstls_port_rsa_load(key, key_length);
}

psa_status_t __wrap_xstls_library_rsa_sign_hash(SIGN_PARAMETERS)
{
	count.by_library++;
	return __real_xstls_library_rsa_sign_hash(attributes, key, key_length, algorithm, hash, hash_length, signature,
	                                          signature_size, signature_length);
}

static const key_policy both_ways = {PSA_ALG_RSA_PSS(PSA_ALG_ANY_HASH), PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH),
                                     PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH};

static psa_status_t sign(uint32_t key, psa_algorithm_t algorithm, uint8_t *signature, size_t *length)
{
	static const uint8_t hash[PSA_HASH_MAX_SIZE] = {1, 2, 3};

	return psa_sign_hash(key, algorithm, hash, PSA_HASH_LENGTH(algorithm), signature, PSA_SIGNATURE_MAX_SIZE, length);
}

static void assert_signs(uint32_t key, psa_algorithm_t algorithm)
{
	static const uint8_t hash[PSA_HASH_MAX_SIZE] = {1, 2, 3};
	uint8_t signature[PSA_SIGNATURE_MAX_SIZE];
	size_t length;

	assert_int_equal(sign(key, algorithm, signature, &length), PSA_SUCCESS);
	assert_int_equal(psa_verify_hash(key, algorithm, hash, PSA_HASH_LENGTH(algorithm), signature, length), PSA_SUCCESS);
}

static void in_handshakes(void **state)
{
	xstls_alloc_counters before;
	xstls_config *server;

	(void)state;
	warm_up();
	before = xstls_alloc_count();
	server = config_server("rsa2048", 0);
	memset(&count, 0, sizeof(count));
	for (int i = 0; i < 4; i++) {
		pair both = pair_of(xstls_config_retain(server), config_client(i % 2 ? TLS12 : TLS13));

		pair_run(&both, 0);
		pair_assert_open(&both);
		pair_free(&both);
	}
	assert_int_equal(count.loaded, 1);
	assert_int_equal(count.by_library, 0);
	xstls_config_release(server);
	assert_same_memory(before);
}

static void without_a_place(void **state)
{
	uint32_t key = opaque_key("rsa2048", &both_ways);

	(void)state;
	memset(&count, 0, sizeof(count));
	assert_signs(key, PSA_ALG_RSA_PSS(PSA_ALG_SHA_256));
	assert_int_equal(count.loaded, 0);
	assert_int_equal(count.by_library, 1);
	psa_destroy_key(key);
}

static void several_keys(void **state)
{
	static const char *const names[] = {"rsa2048", "rsa3072", "rsa4096"};
	static const psa_algorithm_t algorithms[] = {
	    PSA_ALG_RSA_PSS(PSA_ALG_SHA_256), PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_384), PSA_ALG_RSA_PSS(PSA_ALG_SHA_512),
	    PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_1)};
	xstls_rsa_place first = {0}, second = {0};
	uint32_t keys[3];

	(void)state;
	xstls_rsa_hold(&first);
	xstls_rsa_hold(&second);
	memset(&count, 0, sizeof(count));
	for (int i = 0; i < 3; i++)
		keys[i] = opaque_key(names[i], &both_ways);
	for (int i = 0; i < 12; i++)
		assert_signs(keys[i % 3], algorithms[i % 4]);
	// The third has no place, and SHA-1 is not of TLS 1.2 and 1.3.
	assert_int_equal(count.loaded, 2);
	assert_int_equal(count.by_library, 4 + 2);
	xstls_rsa_release(&first);
	assert_null(first.rsa);
	assert_null(second.rsa);
	xstls_rsa_release(&second);
	for (int i = 0; i < 3; i++)
		psa_destroy_key(keys[i]);
}

// Numbers that blind come in pairs, and a signature that ends half-way must not leave one without the other.
static void after_failures(void **state)
{
	const psa_algorithm_t algorithm = PSA_ALG_RSA_PSS(PSA_ALG_SHA_256);
	uint32_t key = opaque_key("rsa2048", &both_ways);
	uint8_t signature[PSA_SIGNATURE_MAX_SIZE];
	xstls_rsa_place place = {0};
	size_t length, failed = 0;

	(void)state;
	xstls_rsa_hold(&place);
	for (size_t n = 1; n <= 30; n++) {
		assert_signs(key, algorithm);
		xstls_alloc_fail_at(n, 1);
		failed += sign(key, algorithm, signature, &length) != PSA_SUCCESS;
		xstls_alloc_fail_at(0, 0);
		assert_signs(key, algorithm);
	}
	assert_true(failed > 5);
	xstls_rsa_release(&place);
	psa_destroy_key(key);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("of an identity: loaded once, freed with the configuration", in_handshakes),
	    TEST("a key that nobody holds a place for is mbedTLS's own matter", without_a_place),
	    TEST("keys of several lengths, more than there are places", several_keys),
	    TEST("a signature after one that failed for lack of memory", after_failures),
	};

	return cmocka_run_group_tests_name("RSA", tests, NULL, NULL);
}
