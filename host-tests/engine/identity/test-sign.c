// Row Z17: ES256 signatures by a key that the engine has made, verified by mbedTLS with the public half alone.

#include "fixture.h"

#include "psa/crypto.h"

#include "random.h"
#include "tls-make-key.h"
#include "tls-sign.h"

enum { SIZE = 200, POINT = 65 };

static const uint8_t message[] = "eyJhbGciOiJFUzI1NiJ9.e30";

typedef struct {
	uint8_t data[SIZE];
	xstls_output output;
} made;

static xstls_output *room(made *into, size_t size)
{
	into->output = (xstls_output){into->data, size, 0};
	return &into->output;
}

static xstls_bytes bytes_of(const made *from)
{
	return (xstls_bytes){from->data, from->output.length};
}

static xstls_bytes text(void)
{
	return (xstls_bytes){message, sizeof(message) - 1};
}

// The public half stands at the end of PKCS #8.
static psa_status_t verify(const made *key, const made *signature)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	mbedtls_svc_key_id_t id;
	psa_status_t status;

	psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1));
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_MESSAGE);
	psa_set_key_algorithm(&attributes, PSA_ALG_ECDSA(PSA_ALG_SHA_256));
	assert_int_equal(psa_import_key(&attributes, key->data + key->output.length - POINT, POINT, &id), 0);
	status = psa_verify_message(id, PSA_ALG_ECDSA(PSA_ALG_SHA_256), message, sizeof(message) - 1, signature->data,
	                            signature->output.length);
	psa_destroy_key(id);
	return status;
}

static void it_is_verified(void **state)
{
	made key, other, signature;

	(void)state;
	assert_int_equal(xstls_make_key(room(&key, SIZE)), TLS_E_NONE);
	assert_int_equal(xstls_make_key(room(&other, SIZE)), TLS_E_NONE);
	assert_int_equal(xstls_sign(bytes_of(&key), text(), room(&signature, SIZE)), TLS_E_NONE);
	assert_int_equal(signature.output.length, TLS_SIGNATURE);
	assert_int_equal(verify(&key, &signature), PSA_SUCCESS);
	assert_int_equal(verify(&other, &signature), PSA_ERROR_INVALID_SIGNATURE);
	signature.data[TLS_SIGNATURE - 1] ^= 1;
	assert_int_equal(verify(&key, &signature), PSA_ERROR_INVALID_SIGNATURE);
}

static void what_is_refused(void **state)
{
	made key, signature;

	(void)state;
	assert_int_equal(xstls_make_key(room(&key, SIZE)), TLS_E_NONE);
	assert_int_equal(xstls_sign(bytes_of(&key), text(), room(&signature, TLS_SIGNATURE - 1)), TLS_E_ARGUMENT);
	for (size_t length = 0; length < key.output.length; length++)
		assert_int_equal(xstls_sign((xstls_bytes){key.data, length}, text(), room(&signature, SIZE)),
		                 TLS_E_KEY_INVALID);
	key.data[0] ^= 1;
	assert_int_equal(xstls_sign(bytes_of(&key), text(), room(&signature, SIZE)), TLS_E_KEY_INVALID);
	key.data[0] ^= 1;
	// A private half of zero is none.
	memset((uint8_t *)xstls_key_scalar(bytes_of(&key)), 0, TLS_KEY_SCALAR);
	assert_int_equal(xstls_sign(bytes_of(&key), text(), room(&signature, SIZE)), TLS_E_KEY_INVALID);
	assert_int_equal(signature.output.length, 0);
}

static void every_allocation_fails(void **state)
{
	made key, signature;
	xstls_alloc_counters before;
	size_t calls;

	(void)state;
	assert_int_equal(xstls_make_key(room(&key, SIZE)), TLS_E_NONE);
	random_seed(1);
	assert_int_equal(xstls_sign(bytes_of(&key), text(), room(&signature, SIZE)), TLS_E_NONE);
	before = xstls_alloc_count();
	random_seed(1);
	assert_int_equal(xstls_sign(bytes_of(&key), text(), room(&signature, SIZE)), TLS_E_NONE);
	assert_same_memory(before);
	calls = xstls_alloc_count().calls - before.calls;
	for (size_t n = 1; n <= calls; n++) {
		random_seed(1);
		xstls_alloc_fail_at(n, true);
		assert_int_equal(xstls_sign(bytes_of(&key), text(), room(&signature, SIZE)), TLS_E_MEMORY);
		xstls_alloc_fail_at(0, 0);
		assert_same_memory(before);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z17 a signature is verified with the key's public half, and no other", it_is_verified),
	    TEST("Z17 other keys, half a key, a place that is too small", what_is_refused),
	    TEST("E9 allocations fail while a signature is made", every_allocation_fails),
	};

	return cmocka_run_group_tests_name("sign", tests, NULL, NULL);
}
