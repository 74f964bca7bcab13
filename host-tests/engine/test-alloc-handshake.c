// Row E9: memory runs out during a handshake and in the data after it. Every path to an allocation is made to fail
// where it is first and where it is last taken, for a moment and for good, whichever end it hits.

#include "fixture.h"
#include "pair.h"

#include "psa/crypto.h"

#include "call-paths.h"
#include "random.h"

static const uint8_t data[5000];

// mbedTLS 3.6 leaves a key in PSA's store when the import of a TLS 1.3 direction's second key fails (its caller frees
// the transform without destroying the first): one key a failure, which is all that may be left.
static size_t keys_left;

// So every run starts from an empty store.
static void restart_crypto(void)
{
	mbedtls_psa_crypto_free();
	assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
}

static size_t count_keys(void)
{
	mbedtls_psa_stats_t stats;

	mbedtls_psa_get_stats(&stats);
	return stats.MBEDTLS_PRIVATE(volatile_slots);
}

static void exchange(peer *from)
{
	if (tls_session_is_established(from->session))
		tls_session_write(from->session, data, sizeof(data));
}

// A connection from end to end. The same seed each time, so that the n-th allocation is the same one.
static pair converse(tls_config *server, tls_config *client, size_t fail_n, int forever)
{
	pair both = {0};

	random_seed(1);
	tls_alloc_fail_at(fail_n, forever);
	both.server.session = tls_session_new(server, TLS_SERVER, NULL);
	both.client.session = tls_session_new(client, TLS_CLIENT, "device.local");
	if (both.server.session && both.client.session) {
		pair_run(&both, 0);
		exchange(&both.client);
		exchange(&both.server);
		pair_run(&both, 0);
		tls_session_close(both.client.session);
		tls_session_close(both.server.session);
		pair_run(&both, 0);
	}
	tls_alloc_fail_at(0, 0);
	return both;
}

// An end is well if the whole conversation reached it, and otherwise says that it is not.
static void judge(const peer *end, size_t n, int forever)
{
	bool is_complete = queue_length(&end->plain) == sizeof(data) && tls_session_is_ended_by_peer(end->session);

	if (tls_session_status(end->session) == TLS_FAIL) {
		if (tls_session_failure(end->session).code == TLS_E_NONE)
			fail_msg("allocation %zu (forever %d): failed without a code", n, forever);
	} else if (!is_complete && tls_session_is_ended_by_peer(end->session)) {
		fail_msg("allocation %zu (forever %d): ended as if all were well", n, forever);
	}
}

static void fail_at(tls_config *server, tls_config *client, size_t n, int forever, size_t most_left)
{
	tls_alloc_counters before = tls_alloc_count();
	pair both = converse(server, client, n, forever);

	if (both.server.session && both.client.session) {
		peer *ends[] = {&both.server, &both.client};
		int failed = 0;

		for (int i = 0; i < 2; i++) {
			judge(ends[i], n, forever);
			failed += tls_session_status(ends[i]->session) == TLS_FAIL;
		}
		if (failed && tls_session_failure(both.server.session).code != TLS_E_MEMORY &&
		    tls_session_failure(both.client.session).code != TLS_E_MEMORY)
			fail_msg("allocation %zu (forever %d): called error %d and %d", n, forever,
			         (int)tls_session_failure(both.server.session).code,
			         (int)tls_session_failure(both.client.session).code);
		// If neither end failed, both must have had everything.
		if (!failed &&
		    !(tls_session_is_ended_by_peer(both.server.session) && tls_session_is_ended_by_peer(both.client.session)))
			fail_msg("allocation %zu (forever %d): something was lost and nobody says so", n, forever);
	} else {
		assert_true(n <= 3);
	}
	pair_free(&both);
	assert_true(count_keys() <= most_left);
	keys_left += count_keys();
	restart_crypto();
	assert_same_memory(before);
}

static void check(const char *identity, uint16_t version)
{
	tls_config *server = config_server(identity, version), *client = config_client(version);
	size_t calls, paths;
	pair both;

	restart_crypto();
	call_paths_start();
	both = converse(server, client, 0, 0);
	paths = call_paths_stop(&calls);
	assert_true(tls_session_is_ended_by_peer(both.server.session));
	assert_true(tls_session_is_ended_by_peer(both.client.session));
	pair_free(&both);
	restart_crypto();
	keys_left = 0;
	for (size_t i = 0; i < paths; i++) {
		for (int forever = 0; forever < 2; forever++) {
			fail_at(server, client, call_paths_first(i), forever, version == TLS13);
			if (call_paths_last(i) != call_paths_first(i))
				fail_at(server, client, call_paths_last(i), forever, version == TLS13);
		}
	}
	printf("# TLS 1.%d %s: %zu allocations on %zu paths; mbedTLS left %zu keys behind\n", version - 0x0301, identity,
	       calls, paths, keys_left);
	tls_config_release(server);
	tls_config_release(client);
}

static void ec_over_1_2(void **state)
{
	(void)state;
	check("ec256", TLS12);
}

static void ec_over_1_3(void **state)
{
	(void)state;
	check("ec256", TLS13);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("E9 every allocation fails in a TLS 1.2 connection: FAIL or all is well", ec_over_1_2),
	    TEST("E9 every allocation fails in a TLS 1.3 connection: FAIL or all is well", ec_over_1_3),
	};

	return cmocka_run_group_tests_name("allocation faults: connection", tests, NULL, NULL);
}
