// Early data take no more memory than a handshake has been given.

#include "fixture.h"
#include "pair.h"

#include "config/tls-config-memory.h"
#include "port/tls-port-heap.h"
#include "record/tls-record-limits.h"
#include "session/tls-session-state.h"

// As a browser's: its ClientHello has up to 2 kB, and records of that length are read.
static xstls_config *long_client(const char *identity)
{
	static char names[3][251];
	config_options options = {.identity = {identity}, .ca = "ca.pem", .version = TLS13};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		memset(names[i], 'a' + (int)i, sizeof(names[i]) - 1);
		options.alpn[i] = names[i];
	}
	return config_make(&options);
}

static void put_record(peer *to, size_t length)
{
	static uint8_t record[16384] = {23, 3, 3};

	record[3] = (uint8_t)(length >> 8);
	record[4] = (uint8_t)length;
	queue_put(&to->wire, record, 5 + length);
}

static xstls_config *server_of(xstls_verify verify)
{
	xstls_config *config = config_draft(&(config_options){.identity = {"ec256"}, .ca = "ca.pem", .version = TLS13});

	assert_int_equal(xstls_config_set_verify(config, TLS_SERVER, verify), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

typedef struct {
	size_t wanted; // for the handshake
	size_t early;  // most bytes that the server has at once from its ClientHello on, until the client goes on
	size_t peak;   // and until the handshake is over
} cost;

// Of a client whose ClientHello is followed by records of `length` bytes.
static cost cost_with(size_t length, const char *client)
{
	xstls_config *server = server_of(client ? TLS_VERIFY_REQUIRED : TLS_VERIFY_NONE);
	pair both = pair_of(xstls_config_retain(server), long_client(client));
	xstls_alloc_counters before, later;
	size_t held;
	cost now;

	xstls_session_ask_identity(both.server.session);
	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	both.server.session->handshake.hello->hello.early_data = true;
	now.wanted = xstls_session_handshake_memory(both.server.session, server) - TLS_HEAP_RESERVE;
	xstls_alloc_mark_peak();
	before = xstls_alloc_count();
	assert_true(xstls_session_use(both.server.session, server));
	for (int i = 0; i < (length < 8192 ? 2 : 1) && length; i++)
		put_record(&both.server, length);
	peer_take(&both.server, SIZE_MAX, 0);
	now.early = now.peak = xstls_alloc_count().peak - before.bytes;
	peer_send(&both.server, &both.client);
	held = xstls_alloc_count().bytes - before.bytes;
	peer_take(&both.client, SIZE_MAX, 0);
	peer_send(&both.client, &both.server);
	xstls_alloc_mark_peak();
	later = xstls_alloc_count();
	peer_take(&both.server, SIZE_MAX, 0);
	held += xstls_alloc_count().peak - later.bytes;
	if (held > now.peak)
		now.peak = held;
	pair_run(&both, 0);
	pair_assert_open(&both);
	pair_free(&both);
	xstls_config_release(server);
	return now;
}

static void no_more_memory(void **state)
{
	static const size_t lengths[] = {20, 255, 256, 257, 1024, 1500, 2000};
	size_t without;

	(void)state;
	warm_up();
	without = cost_with(0, NULL).peak;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
		assert_in_range(cost_with(lengths[i], NULL).peak, 0, without);
}

static void of_chain(void **state)
{
	static const size_t lengths[] = {20, 1024, 4096, TLS_RECORD_MOST_OF_CLIENT - 6, TLS_RECORD_MOST_OF_CLIENT - 5};

	const cost without = cost_with(0, "tall");

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		cost now = cost_with(lengths[i], "tall");

		assert_in_range(now.early, 0, without.early + lengths[i]);
		if (UINTPTR_MAX == UINT32_MAX)
			assert_in_range(now.peak * 17 / 16, 0, now.wanted);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z3 Z19 early data in records of any length: no more memory than without", no_more_memory),
	    TEST("Z3 Z19 with a client's chain behind it: once and no more than the handshake has been given", of_chain),
	};

	return cmocka_run_group_tests_name("early data, memory", tests, NULL, NULL);
}
