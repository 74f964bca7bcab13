// SHA-256 in pieces, beside that of the whole.

#include "fixture.h"

#include "crypto/tls-digest.h"
#include "crypto/tls-hash.h"
#include "port/tls-alloc.h"

enum { LENGTH = 300 };

static void in_pieces(void **state)
{
	(void)state;
	uint8_t data[LENGTH], whole[TLS_DIGEST_SIZE], digest[TLS_DIGEST_SIZE];

	for (size_t i = 0; i < LENGTH; i++)
		data[i] = (uint8_t)i;
	assert_true(xstls_digest(data, LENGTH, whole));
	for (size_t step = 1; step <= LENGTH; step++) {
		xstls_hash *hash = xstls_hash_new();

		assert_non_null(hash);
		for (size_t at = 0; at < LENGTH; at += step)
			assert_true(xstls_hash_update(hash, data + at, LENGTH - at < step ? LENGTH - at : step));
		assert_true(xstls_hash_finish(hash, digest));
		assert_memory_equal(digest, whole, TLS_DIGEST_SIZE);
		xstls_hash_free(hash);
	}
}

static void once(void **state)
{
	(void)state;
	// FIPS 180-4: of no bytes.
	static const uint8_t empty[] = {0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14};
	uint8_t digest[TLS_DIGEST_SIZE];
	xstls_hash *hash = xstls_hash_new();

	assert_true(xstls_hash_finish(hash, digest));
	assert_memory_equal(digest, empty, sizeof(empty));
	assert_false(xstls_hash_finish(hash, digest));
	assert_false(xstls_hash_update(hash, digest, 1));
	xstls_hash_free(hash);
	xstls_hash_free(NULL);
}

static void without_memory(void **state)
{
	(void)state;
	size_t bytes = xstls_alloc_count().bytes;

	xstls_alloc_fail_at(1, 0);
	assert_null(xstls_hash_new());
	xstls_alloc_fail_at(0, 0);
	xstls_hash *hash = xstls_hash_new();

	assert_non_null(hash);
	xstls_hash_free(hash);
	assert_int_equal(xstls_alloc_count().bytes, bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z14 pieces of any length", in_pieces),
	    TEST("Z14 a hash is had once", once),
	    TEST("Z14 E9 no memory for one", without_memory),
	};

	return cmocka_run_group_tests_name("hash", tests, NULL, NULL);
}
