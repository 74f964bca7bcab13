// Early data take no more memory than a handshake has been given.

#include "fixture.h"
#include "pair.h"

#include "session/tls-session-state.h"

// As a browser's: its ClientHello has up to 2 kB, and records of that length are read.
static xstls_config *long_client(void)
{
	static char names[3][251];
	config_options options = {.ca = "ca.pem", .version = TLS13};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		memset(names[i], 'a' + (int)i, sizeof(names[i]) - 1);
		options.alpn[i] = names[i];
	}
	return config_make(&options);
}

static void put_record(peer *to, size_t length)
{
	static uint8_t record[4096] = {23, 3, 3};

	record[3] = (uint8_t)(length >> 8);
	record[4] = (uint8_t)length;
	queue_put(&to->wire, record, 5 + length);
}

// Most bytes that the server has at once from its ClientHello on, which is followed by records of `length` bytes.
static size_t peak_with(size_t length)
{
	xstls_config *server = config_server("ec256", TLS13);
	pair both = pair_of(xstls_config_retain(server), long_client());
	xstls_alloc_counters before;
	size_t peak;

	xstls_session_ask_identity(both.server.session);
	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	both.server.session->handshake.hello->hello.early_data = true;
	xstls_alloc_mark_peak();
	before = xstls_alloc_count();
	assert_true(xstls_session_use(both.server.session, server));
	for (int i = 0; i < 3 && length; i++)
		put_record(&both.server, length);
	peer_take(&both.server, SIZE_MAX, 0);
	peak = xstls_alloc_count().peak - before.bytes;
	pair_run(&both, 0);
	pair_assert_open(&both);
	pair_free(&both);
	xstls_config_release(server);
	return peak;
}

static void no_more_memory(void **state)
{
	static const size_t lengths[] = {20, 255, 256, 257, 1024, 1500, 2000};
	size_t without;

	(void)state;
	warm_up();
	without = peak_with(0);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
		assert_in_range(peak_with(lengths[i]), 0, without);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z3 Z19 early data in records of any length: no more memory than without", no_more_memory),
	};

	return cmocka_run_group_tests_name("early data, memory", tests, NULL, NULL);
}
