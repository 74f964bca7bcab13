// Row C4: what a server does for an identity that it does not know is what it does for one whose key is wrong. Time is
// too coarse a measure; hashes, bytes that are hashed, comparisons of secrets and allocations are counted.

#include <stdio.h>
#include <stdlib.h>

#include "mbedtls/sha256.h"

#include "fixture.h"
#include "pair.h"
#include "random.h"

#include "config/tls-policy.h"
#include "resumption/tls-psk.h"

enum { MOST_KNOWN = 4, NAME = 8, STRANGERS = 60 };

typedef struct {
	size_t hashes;
	size_t bytes;
	size_t comparisons;
	size_t allocations;
} work;

static work done;

int __real_mbedtls_sha256_update(mbedtls_sha256_context *context, const unsigned char *in, size_t length);
int __wrap_mbedtls_sha256_update(mbedtls_sha256_context *context, const unsigned char *in, size_t length);
int __real_mbedtls_ct_memcmp(const void *a, const void *b, size_t length);
int __wrap_mbedtls_ct_memcmp(const void *a, const void *b, size_t length);

int __wrap_mbedtls_sha256_update(mbedtls_sha256_context *context, const unsigned char *in, size_t length)
{
	done.hashes++;
	done.bytes += length;
	return __real_mbedtls_sha256_update(context, in, length);
}

int __wrap_mbedtls_ct_memcmp(const void *a, const void *b, size_t length)
{
	done.comparisons++;
	return __real_mbedtls_ct_memcmp(a, b, length);
}

typedef struct {
	uint16_t version;
	const char *suite;
} psk_way;

static const psk_way ways[] = {
    {TLS12, "TLS_PSK_WITH_AES_128_GCM_SHA256"},
    {TLS12, "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256"},
    {TLS13, "TLS_AES_128_GCM_SHA256"},
};

static xstls_config *seal(xstls_config *config, const psk_way *way)
{
	assert_int_equal(xstls_config_allow(config, TLS_POLICY_SUITES, way->suite, strlen(way->suite)), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

// Of both ends, and the client's is the same every time.
static work refuse(xstls_psks *psks, const char *identity, const psk_way *way)
{
	static const uint8_t wrong[16] = "a wrong key";
	xstls_config *server = config_draft(&(config_options){.version = way->version});
	xstls_config *client = config_draft(&(config_options){.version = way->version});
	size_t allocations;
	pair both;

	assert_int_equal(strlen(identity), NAME);
	assert_int_equal(xstls_config_set_psks(server, psks), TLS_E_NONE);
	assert_int_equal(xstls_config_set_client_psk(client, (const uint8_t *)identity, NAME, wrong, sizeof(wrong)),
	                 TLS_E_NONE);
	both = pair_of(seal(server, way), seal(client, way));
	random_seed(1);
	done = (work){0};
	allocations = xstls_alloc_count().calls;
	pair_run(&both, 0);
	done.allocations = xstls_alloc_count().calls - allocations;
	assert_int_equal(xstls_session_failure(both.server.session).code, TLS_E_UNKNOWN_PSK_IDENTITY);
	pair_free(&both);
	return done;
}

static bool is_same(work a, work b)
{
	return memcmp(&a, &b, sizeof(work)) == 0;
}

static xstls_psks *table_of(const size_t *lengths, size_t count)
{
	static const uint8_t key[TLS_PSK_MOST_KEY] = {1};
	xstls_psks *psks = xstls_psks_new();

	for (size_t i = 0; i < count; i++) {
		char name[NAME + 1];

		snprintf(name, sizeof(name), "known %02u", (unsigned)i % 100);
		assert_int_equal(xstls_psks_add(psks, (const uint8_t *)name, NAME, key, lengths[i]), TLS_E_NONE);
	}
	return psks;
}

static void one_length(void **state)
{
	static const size_t lengths[] = {1, 16, 31, 32};

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
		for (size_t at = 0; at < sizeof(ways) / sizeof(ways[0]); at++) {
			const size_t same[] = {lengths[i], lengths[i], lengths[i]};
			xstls_psks *psks = table_of(same, 3);
			work unknown = refuse(psks, "stranger", &ways[at]);

			assert_true(is_same(refuse(psks, "known 00", &ways[at]), unknown));
			assert_true(is_same(refuse(psks, "known 01", &ways[at]), unknown));
			assert_true(is_same(refuse(psks, "known 02", &ways[at]), unknown));
			xstls_psks_release(psks);
		}
}

// Where keys have several lengths, strangers are taken for each of them as often as it is there, and always the same
// stranger for the same.
static void several_lengths(void **state)
{
	static const size_t lengths[] = {32, 16, 16, 16};
	xstls_psks *psks = table_of(lengths, MOST_KNOWN);
	work shorter, longer;
	size_t longs = 0;

	(void)state;
	longer = refuse(psks, "known 00", &ways[2]);
	shorter = refuse(psks, "known 03", &ways[2]);
	assert_false(is_same(longer, shorter));
	for (size_t i = 0; i < STRANGERS; i++) {
		char name[NAME + 1];
		work unknown;

		snprintf(name, sizeof(name), "nobody%02u", (unsigned)i % 100);
		unknown = refuse(psks, name, &ways[2]);
		assert_true(is_same(unknown, longer) || is_same(unknown, shorter));
		assert_true(is_same(unknown, refuse(psks, name, &ways[2])));
		longs += is_same(unknown, longer);
	}
	assert_true(longs >= STRANGERS / 4 - 12 && longs <= STRANGERS / 4 + 12);
	xstls_psks_release(psks);
}

// Each by mbedTLS's comparison whose time does not tell where the difference is.
static void all_are_compared(void **state)
{
	static const size_t lengths[] = {16, 16, 16, 16};
	xstls_psks *one = table_of(lengths, 1), *four = table_of(lengths, MOST_KNOWN);

	(void)state;
	for (size_t at = 0; at < sizeof(ways) / sizeof(ways[0]); at++) {
		work by_one = refuse(one, "known 00", &ways[at]), by_four = refuse(four, "known 00", &ways[at]);

		assert_int_equal(by_four.comparisons - by_one.comparisons, MOST_KNOWN - 1);
	}
	xstls_psks_release(one);
	xstls_psks_release(four);
}

static void empty_table(void **state)
{
	xstls_psks *psks = xstls_psks_new();

	(void)state;
	for (size_t at = 0; at < sizeof(ways) / sizeof(ways[0]); at++)
		refuse(psks, "stranger", &ways[at]);
	xstls_psks_release(psks);
}

static int set_up(void **state)
{
	(void)state;
	warm_up();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("C4 an unknown identity costs what a wrong key does, whatever its length", one_length),
	    TEST("C4 with keys of several lengths an unknown identity passes for one of them", several_lengths),
	    TEST("C4 an identity is compared with all that are known, in constant time", all_are_compared),
	    TEST("C4 an empty table refuses everybody", empty_table),
	};

	return cmocka_run_group_tests_name("psk time", tests, set_up, NULL);
}
