// Row E9: memory runs out while a configuration is built, at each allocation, for a moment and for good.

#include "fixture.h"

#include "call-paths.h"
#include "random.h"

static const uint8_t protocol[] = "http/1.1";

// What the TypeScript context does. The first error ends it.
static xstls_error build(const char *identity)
{
	char chain_name[64], key_name[64];
	file_bytes chain, key, ca = identity_file("ca.pem");
	xstls_config *config;
	xstls_error error;

	snprintf(chain_name, sizeof(chain_name), "%s.pem", identity);
	snprintf(key_name, sizeof(key_name), "%s.key", identity);
	chain = identity_file(chain_name);
	key = identity_file(key_name);
	random_seed(1);
	config = xstls_config_new();
	if (!config)
		return TLS_E_MEMORY;
	error = xstls_config_add_identity(config, chain.data, chain.length, key.data, key.length);
	if (error == TLS_E_NONE)
		error = xstls_config_add_ca(config, ca.data, ca.length);
	for (int i = 0; i < 2 && error == TLS_E_NONE; i++)
		error = xstls_config_add_alpn(config, protocol, sizeof(protocol) - 1);
	if (error == TLS_E_NONE)
		error = xstls_config_seal(config);
	xstls_config_release(config);
	return error;
}

static void fail_at(const char *identity, size_t n, int forever, xstls_alloc_counters before)
{
	xstls_error error;

	xstls_alloc_fail_at(n, forever);
	error = build(identity);
	xstls_alloc_fail_at(0, 0);
	// One failure may be survived, where mbedTLS tries another format next; no memory at all may not.
	if (forever && error == TLS_E_NONE)
		fail_msg("%s: went on without memory from allocation %zu on", identity, n);
	assert_same_memory(before);
	if (error != TLS_E_NONE && error != TLS_E_MEMORY)
		fail_msg("%s: allocation %zu (forever %d) is called error %d", identity, n, forever, (int)error);
}

static void check(const char *identity)
{
	size_t calls, paths;
	xstls_alloc_counters before;

	assert_int_equal(build(identity), TLS_E_NONE);
	before = xstls_alloc_count();
	call_paths_start(CALL_PATHS_DEEPEST);
	assert_int_equal(build(identity), TLS_E_NONE);
	paths = call_paths_stop(&calls);
	assert_same_memory(before);
	for (size_t i = 0; i < paths; i++) {
		for (int forever = 0; forever < 2; forever++) {
			fail_at(identity, call_paths_first(i), forever, before);
			fail_at(identity, call_paths_last(i), forever, before);
		}
	}
	printf("# %s: %zu allocations on %zu paths\n", identity, calls, paths);
}

static void ec_identity(void **state)
{
	(void)state;
	check("ec256");
}

static void chained_identity(void **state)
{
	(void)state;
	check("chained");
}

static void rsa_identity(void **state)
{
	(void)state;
	check("rsa2048");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("E9 every allocation fails while a configuration with an EC identity is built", ec_identity),
	    TEST("E9 every allocation fails while a configuration with an EC chain is built", chained_identity),
	    TEST("E9 every allocation fails while a configuration with an RSA identity is built", rsa_identity),
	};

	return cmocka_run_group_tests_name("allocation faults: configuration", tests, NULL, NULL);
}
