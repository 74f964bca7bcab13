// A bundle of roots (row C2): lookup, verification, damage.

#include <stdlib.h>

#include "bundle.h"
#include "fixture.h"
#include "pair.h"
#include "trust/tls-trust.h"

static const char *const both_roots[] = {"ca-ec.der", "ca-rsa.der", NULL};

static pair handshake(file_bytes bundle, const char *identity, uint16_t version, const char *ca)
{
	xstls_config *client = config_draft(&(config_options){.ca = ca, .version = version});
	pair both;

	assert_int_equal(xstls_config_set_bundle(client, bundle.data, bundle.length, false), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	both = pair_of(config_server(identity, version), client);
	pair_run(&both, 0);
	return both;
}

static void verifies(void **state)
{
	static const char *const identities[] = {"ec256", "rsa2048", "ec-by-rsa", "chained"};
	static const uint16_t versions[] = {TLS12, TLS13};
	file_bytes bundle = bundle_of(both_roots);

	(void)state;
	for (size_t i = 0; i < 8; i++) {
		pair both = handshake(bundle, identities[i / 2], versions[i % 2], NULL);

		pair_assert_open(&both);
		pair_free(&both);
	}
	free(bundle.data);
}

static void root_that_is_missing(void **state)
{
	file_bytes bundle = bundle_of((const char *const[]){"ca-rsa.der", NULL});
	pair both = handshake(bundle, "ec256", TLS13, NULL);

	(void)state;
	assert_failed(&both.client, TLS_E_CERTIFICATE_UNTRUSTED, TLS_ALERT_UNKNOWN_CA, false);
	pair_free(&both);
	both = handshake(bundle, "ec256", TLS13, "ca.pem");
	pair_assert_open(&both);
	pair_free(&both);
	free(bundle.data);
}

static void roots_of_one_name(void **state)
{
	static const char *const orders[][4] = {{"ca-ec.der", "ca-ec-other.der", "ca-rsa.der", NULL},
	                                        {"ca-ec-other.der", "ca-ec.der", "ca-rsa.der", NULL},
	                                        {"ca-ec-other.der", "ca-rsa.der", NULL, NULL}};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		file_bytes bundle = bundle_of(orders[i]);
		pair both = handshake(bundle, "ec256", TLS12, NULL);

		if (i < 2)
			pair_assert_open(&both);
		else
			assert_failed(&both.client, TLS_E_CERTIFICATE_UNTRUSTED, TLS_ALERT_UNKNOWN_CA, false);
		pair_free(&both);
		free(bundle.data);
	}
}

static xstls_error give(const uint8_t *data, size_t length)
{
	xstls_config *config = xstls_config_new();
	uint8_t *copy = malloc(length ? length : 1);
	xstls_error error;

	memcpy(copy, data, length);
	error = xstls_config_set_bundle(config, copy, length, true);
	free(copy);
	xstls_config_release(config);
	return error;
}

static void damaged(void **state)
{
	file_bytes bundle = bundle_of(both_roots);
	file_bytes unsorted = bundle_of((const char *const[]){"ca-rsa.der", "ca-ec.der", NULL});

	(void)state;
	assert_int_equal(give(bundle.data, bundle.length), TLS_E_NONE);
	assert_int_equal(give(unsorted.data, unsorted.length), TLS_E_CA_INVALID);
	for (size_t length = 0; length < bundle.length; length++)
		assert_int_equal(give(bundle.data, length), TLS_E_CA_INVALID);
	// Whatever the headers say, nothing outside is read.
	for (size_t at = 0; at < 16; at++)
		for (int bit = 0; bit < 8; bit++) {
			bundle.data[at] ^= (uint8_t)(1 << bit);
			give(bundle.data, bundle.length);
			bundle.data[at] ^= (uint8_t)(1 << bit);
		}
	free(bundle.data);
	free(unsorted.data);
}

// Returns how many allocations the handshake asked for.
static size_t run_with_fault(file_bytes bundle, size_t n)
{
	xstls_config *client = config_draft(&(config_options){.ca = "ca.pem", .version = TLS13});
	size_t calls;
	pair both;

	assert_int_equal(xstls_config_set_bundle(client, bundle.data, bundle.length, false), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	both = pair_of(config_server("chained", TLS13), client);
	calls = xstls_alloc_count().calls;
	xstls_alloc_fail_at(n, false);
	pair_run(&both, 0);
	xstls_alloc_fail_at(0, false);
	calls = xstls_alloc_count().calls - calls;
	if (calls < n)
		pair_assert_open(&both);
	else if (xstls_session_status(both.client.session) == TLS_FAIL)
		assert_true(xstls_session_failure(both.client.session).code != TLS_E_INTERNAL);
	pair_free(&both);
	return calls;
}

static void every_allocation_fails(void **state)
{
	file_bytes bundle = bundle_of(both_roots);
	size_t n = 1;

	(void)state;
	while (run_with_fault(bundle, n) >= n)
		n += 7;
	free(bundle.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("C2 verifies EC and RSA, with and without an intermediate", verifies),
	    TEST("C2 a root that is missing, and one that a CA certificate makes up for", root_that_is_missing),
	    TEST("C2 two roots of one name: the one that signed is found", roots_of_one_name),
	    TEST("C2 cut off, unsorted, damaged: CA_INVALID", damaged),
	    TEST("E9 a lookup without memory is a failure, not a crash", every_allocation_fails),
	};

	warm_up();
	return cmocka_run_group_tests_name("bundle", tests, NULL, NULL);
}
