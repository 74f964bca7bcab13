// Rows A1 and E5: how large a record may be that comes in, and how large those are that go out.

#include "fixture.h"
#include "pair.h"

#include "record/tls-record-limits.h"
#include "record/tls-record-tracker.h"

static const uint16_t versions[] = {TLS12, TLS13};
static uint8_t data[5000];

static xstls_config *sized_server(uint16_t version, size_t receive, size_t transmit)
{
	xstls_config *config = config_draft(&(config_options){.identity = {"ec256"}, .version = version});

	assert_int_equal(xstls_config_set_record_sizes(config, receive, transmit), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

static pair open_pair(uint16_t version, size_t receive, size_t transmit)
{
	pair both = pair_of(sized_server(version, receive, transmit), config_client(version));

	pair_run(&both, 0);
	pair_assert_open(&both);
	return both;
}

// Around the limit, within what encryption may add to a record, and far beyond.
static void receive_limit(void **state)
{
	static const size_t sizes[] = {1023, 1024, 1025, 1024 + TLS_RECORD_EXPANSION, 4000};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		for (size_t j = 0; j < sizeof(sizes) / sizeof(sizes[0]); j++) {
			pair both = open_pair(versions[i], 1024, 4096);

			assert_int_equal(xstls_session_write(both.client.session, data, sizes[j]), sizes[j]);
			pair_run(&both, 7);
			if (sizes[j] <= 1024) {
				assert_int_equal(queue_length(&both.server.plain), sizes[j]);
			} else {
				assert_failed(&both.server, TLS_E_RECORD_OVERFLOW, TLS_ALERT_RECORD_OVERFLOW, false);
				assert_failed(&both.client, TLS_E_ALERT_RECEIVED, TLS_ALERT_RECORD_OVERFLOW, true);
				assert_int_equal(queue_length(&both.server.plain), 0);
			}
			pair_free(&both);
		}
	}
}

static void transmit_limit(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		pair both = open_pair(versions[i], 16384, 600);
		const uint8_t *wire;
		size_t fits = xstls_session_writable(both.server.session, 3000);

		assert_int_equal(xstls_session_write(both.server.session, data, fits), fits);
		assert_true(xstls_session_pending(both.server.session) <= 3000);
		peer_send(&both.server, &both.client);
		wire = queue_front(&both.client.wire);
		for (size_t at = 0; at < queue_length(&both.client.wire); at += 5u + (size_t)(wire[at + 3] << 8 | wire[at + 4]))
			assert_true((wire[at + 3] << 8 | wire[at + 4]) <= 600 + 24);
		pair_run(&both, 0);
		assert_int_equal(queue_length(&both.client.plain), fits);
		pair_free(&both);
	}
}

static void range(void **state)
{
	xstls_config *config = xstls_config_new();

	(void)state;
	assert_int_equal(xstls_config_set_record_sizes(config, 511, 4096), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_set_record_sizes(config, 16385, 4096), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_set_record_sizes(config, 512, 511), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_set_record_sizes(config, 512, xstls_config_most_transmit() + 1), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_set_record_sizes(config, 512, 512), TLS_E_NONE);
	xstls_config_release(config);
}

static void told_apart(void **state)
{
	const uint8_t two[] = {23, 3, 3, 0, 2, 'a', 'b', 23, 3, 3, 4, 1};

	(void)state;
	for (size_t cut = 0; cut < sizeof(two); cut++) {
		xstls_record_tracker tracker = {0};
		bool first = xstls_record_track(&tracker, two, cut, 768);

		assert_true(first);
		assert_false(xstls_record_track(&tracker, two + cut, sizeof(two) - cut, 768));
		tracker = (xstls_record_tracker){0};
		assert_true(xstls_record_track(&tracker, two, cut, 769));
		assert_true(xstls_record_track(&tracker, two + cut, sizeof(two) - cut, 769));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("A1 E5 a record over the receive limit: record_overflow", receive_limit),
	    TEST("A1 E5 records within the transmit limit, and writable counts them", transmit_limit),
	    TEST("E5 record sizes out of range", range),
	    TEST("A1 records are told apart however the bytes come", told_apart),
	};

	return cmocka_run_group_tests_name("record size", tests, NULL, NULL);
}
