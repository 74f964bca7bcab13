// Row E8: how a connection ends, well and badly.

#include "fixture.h"
#include "pair.h"

static const uint16_t versions[] = {TLS12, TLS13};

static pair open_pair(uint16_t version)
{
	pair both = pair_of(config_server("ec256", version), config_client(version));

	pair_run(&both, 0);
	pair_assert_open(&both);
	return both;
}

static void close_first(pair *both, peer *first, peer *second)
{
	const uint8_t last_words[] = "last words";

	assert_int_equal(xstls_session_write(first->session, last_words, sizeof(last_words)), sizeof(last_words));
	xstls_session_close(first->session);
	assert_int_equal(xstls_session_write(first->session, last_words, 1), 0);
	assert_int_equal(xstls_session_writable(first->session, 1000), 0);
	pair_run(both, 0);
	assert_int_equal(queue_length(&second->plain), sizeof(last_words));
	assert_true(xstls_session_is_ended_by_peer(second->session));
	assert_false(xstls_session_is_ended_by_peer(first->session));
	xstls_session_feed_end(second->session);
	assert_int_equal(xstls_session_status(second->session), TLS_OK);
	xstls_session_close(second->session);
	pair_run(both, 0);
	assert_true(xstls_session_is_ended_by_peer(first->session));
	xstls_session_feed_end(first->session);
	assert_int_equal(xstls_session_status(first->session), TLS_OK);
	assert_int_equal(xstls_session_failure(first->session).code, TLS_E_NONE);
}

static void close_notify_both_ways(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		pair both = open_pair(versions[i]);

		close_first(&both, &both.client, &both.server);
		pair_free(&both);
		both = open_pair(versions[i]);
		close_first(&both, &both.server, &both.client);
		pair_free(&both);
	}
}

static void close_notify_goes_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		pair both = open_pair(versions[i]);
		size_t pending;

		xstls_session_close(both.server.session);
		pending = xstls_session_pending(both.server.session);
		assert_true(pending > 0);
		xstls_session_close(both.server.session);
		assert_int_equal(xstls_session_pending(both.server.session), pending);
		pair_free(&both);
	}
}

// Who has closed can still read what was on its way, and what follows the peer's close_notify is not taken.
static void reading_after_close(void **state)
{
	const uint8_t data[] = "on its way";

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		pair both = open_pair(versions[i]);

		xstls_session_close(both.server.session);
		assert_int_equal(xstls_session_write(both.client.session, data, sizeof(data)), sizeof(data));
		peer_send(&both.client, &both.server);
		peer_take(&both.server, SIZE_MAX, 0);
		assert_int_equal(queue_length(&both.server.plain), sizeof(data));
		pair_run(&both, 0);
		assert_true(xstls_session_is_ended_by_peer(both.client.session));
		assert_int_equal(xstls_session_feed(both.client.session, data, sizeof(data)), 0);
		pair_free(&both);
	}
}

// close_notify ends one direction: who got it may still send what it has (RFC 8446 §6.1).
static void writing_after_the_peers_close(void **state)
{
	const uint8_t answer[] = "answer";

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		pair both = open_pair(versions[i]);

		xstls_session_close(both.client.session);
		pair_run(&both, 0);
		assert_true(xstls_session_is_ended_by_peer(both.server.session));
		assert_true(xstls_session_writable(both.server.session, 1000) > 900);
		assert_int_equal(xstls_session_write(both.server.session, answer, sizeof(answer)), sizeof(answer));
		xstls_session_close(both.server.session);
		pair_run(&both, 0);
		assert_int_equal(queue_length(&both.client.plain), sizeof(answer));
		assert_true(xstls_session_is_ended_by_peer(both.client.session));
		pair_free(&both);
	}
}

static void truncated(peer *end)
{
	xstls_session_feed_end(end->session);
	assert_failed(end, TLS_E_TRUNCATED, TLS_ALERT_NONE, false);
	xstls_session_feed_end(end->session);
	assert_failed(end, TLS_E_TRUNCATED, TLS_ALERT_NONE, false);
}

static void truncation_is_an_error(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		pair both = open_pair(versions[i]);

		truncated(&both.client);
		assert_int_equal(xstls_session_write(both.server.session, (const uint8_t *)"half", 4), 4);
		peer_send(&both.server, &both.client);
		truncated(&both.server);
		pair_free(&both);
		both = pair_of(config_server("ec256", versions[i]), config_client(versions[i]));
		truncated(&both.server);
		xstls_session_step(both.client.session);
		truncated(&both.client);
		pair_free(&both);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("E8 close_notify both ways, whoever begins", close_notify_both_ways),
	    TEST("E8 close_notify is sent once", close_notify_goes_once),
	    TEST("E8 data on its way is read after closing; nothing after the peer's close_notify", reading_after_close),
	    TEST("E8 after the peer's close_notify the answer still goes out", writing_after_the_peers_close),
	    TEST("E8 truncation is an error before, in and after the handshake", truncation_is_an_error),
	};

	return cmocka_run_group_tests_name("close", tests, NULL, NULL);
}
