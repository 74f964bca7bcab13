// Ten thousand connections of all kinds in a row, a third of them broken off at a random byte, leave the heap and
// PSA's store of keys as they were. CHURN_SEED in the environment gives another sequence.

#include "fixture.h"
#include "kinds.h"

#include <stdlib.h>

#include "psa/crypto.h"

#include "random.h"

// Fewer where a connection takes long: sanitizers, an emulated device.
#if defined(__SANITIZE_ADDRESS__) || defined(__riscv)
enum { CONNECTIONS = 1500 };
#else
enum { CONNECTIONS = 10000 };
#endif
enum { WARM_UP = 300, MOST_KINDS = 32, ONE_IN = 12, MOST_BYTES = 4000 };

typedef struct {
	size_t done;
	size_t broken;
	size_t resumed;
} tally;

static kind_ends ends[MOST_KINDS];
static tally counted;

static uint32_t random_below(uint32_t bound)
{
	uint32_t number;

	random_bytes((uint8_t *)&number, sizeof(number));
	return number % bound;
}

// Those without public-key arithmetic cost a fiftieth of the others, so most are of these kinds.
static bool is_cheap(const handshake_kind *kind)
{
	return kind->version == TLS12 && (kind->psk || kind->cache || kind->tickets) &&
	       strcmp(kind->name, "ECDHE-PSK 1.2") != 0;
}

static kind_ends *choose(void)
{
	bool cheap = random_below(ONE_IN) != 0;
	size_t index;

	do
		index = random_below((uint32_t)handshake_kind_count);
	while (is_cheap(&handshake_kinds[index]) != cheap);
	return &ends[index];
}

// Until `bytes` have arrived, at one end or the other.
static void run_until(kind_ends *of, pair *both, size_t bytes)
{
	size_t moved;

	xstls_session_step(both->client.session);
	do {
		peer_send(&both->client, &both->server);
		moved = peer_take(&both->server, bytes, 0);
		bytes -= moved;
		kind_select(of, both->server.session);
		peer_send(&both->server, &both->client);
		moved += peer_take(&both->client, bytes, 0);
		bytes -= moved < bytes ? moved : bytes;
	} while (moved && bytes);
}

static void break_off(kind_ends *of, pair *both)
{
	run_until(of, both, 1 + random_below(MOST_BYTES));
	if (random_below(2)) {
		xstls_session_feed_end(both->server.session);
		xstls_session_feed_end(both->client.session);
	}
	counted.broken++;
}

static void complete(kind_ends *of, pair *both)
{
	kind_run(of, both);
	pair_assert_open(both);
	counted.resumed += xstls_session_is_resumed(both->server.session);
	assert_int_equal(xstls_session_write(both->client.session, (const uint8_t *)"hello", 5), 5);
	xstls_session_close(both->client.session);
	pair_run(both, 0);
	assert_int_equal(queue_length(&both->server.plain), 5);
}

static void connect_once(void)
{
	kind_ends *of = choose();
	pair both = {.server.session = kind_server(of), .client.session = kind_client(of)};

	if (random_below(3) == 0)
		break_off(of, &both);
	else
		complete(of, &both);
	counted.done++;
	pair_free(&both);
	kind_rewind(of);
}

static size_t keys_in_use(void)
{
	mbedtls_psa_stats_t stats;

	mbedtls_psa_get_stats(&stats);
	return stats.MBEDTLS_PRIVATE(volatile_slots);
}

static void ten_thousand(void **state)
{
	const char *wanted = getenv("CHURN_SEED");
	uint64_t seed = wanted ? strtoull(wanted, NULL, 10) : 1;
	xstls_alloc_counters before;
	size_t keys;

	(void)state;
	printf("# seed %llu\n", (unsigned long long)seed);
	for (size_t i = 0; i < handshake_kind_count; i++)
		ends[i] = kind_set_up(&handshake_kinds[i]);
	random_seed(seed);
	while (counted.done < WARM_UP)
		connect_once();
	before = xstls_alloc_count();
	keys = keys_in_use();
	counted = (tally){0};
	while (counted.done < CONNECTIONS)
		connect_once();
	printf("# %zu connections, %zu broken off, %zu resumed\n", counted.done, counted.broken, counted.resumed);
	assert_same_memory(before);
	assert_int_equal(keys_in_use(), keys);
	for (size_t i = 0; i < handshake_kind_count; i++)
		kind_tear_down(&ends[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("E9 connections in a row, a third of them broken off, leave heap and keys as they were", ten_thousand),
	};

	return cmocka_run_group_tests_name("churn", tests, NULL, NULL);
}
