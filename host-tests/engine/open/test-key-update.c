// KeyUpdate (RFC 8446 §4.6.3), which mbedTLS does not have.

#include "fixture.h"
#include "forge.h"

#include "session/tls-session-state.h"

static const uint8_t plain_update[] = {24, 0, 0, 1, 0}, asking_update[] = {24, 0, 0, 1, 1};
enum { UPDATE = sizeof(plain_update) };

static void assert_goes_on(pair *both)
{
	forge_assert_flows(&both->client, &both->server);
	forge_assert_flows(&both->server, &both->client);
	pair_assert_open(both);
}

static void send_update(peer *from, peer *to, const uint8_t *update)
{
	forge_record(from, to, TLS_HANDSHAKE, update, UPDATE);
	forge_update_keys(from);
	forge_deliver(to, 0);
}

static void the_peer_changes_its_keys(void **state)
{
	pair both = forge_open_pair(TLS13);

	(void)state;
	for (int i = 0; i < 3; i++) {
		send_update(&both.client, &both.server, plain_update);
		assert_goes_on(&both);
		send_update(&both.server, &both.client, plain_update);
		assert_goes_on(&both);
	}
	pair_free(&both);
}

// RFC 8446 §4.6.3: before the next application data, so who asks and does not read makes nobody queue anything.
static void who_asks_is_answered_with_the_next_data(void **state)
{
	pair both = forge_open_pair(TLS13);
	xstls_session *server = both.server.session;
	size_t pending;

	(void)state;
	for (int i = 0; i < 3; i++)
		send_update(&both.client, &both.server, asking_update);
	assert_int_equal(xstls_session_pending(server), 0);
	assert_int_equal(xstls_session_write(server, (const uint8_t *)"a", 1), 1);
	pending = xstls_session_pending(server);
	assert_int_equal(xstls_session_write(server, (const uint8_t *)"b", 1), 1);
	assert_int_equal(pending, 2 * (xstls_session_pending(server) - pending) + UPDATE - 1);
	pair_run(&both, 1);
	assert_int_equal(queue_length(&both.client.plain), 2);
	queue_drop(&both.client.plain, 2);
	assert_goes_on(&both);
	pair_free(&both);
}

static void cut_up_anywhere(void **state)
{
	(void)state;
	for (size_t first = 1; first < UPDATE - 1; first++) {
		for (size_t second = first + 1; second < UPDATE; second++) {
			pair both = forge_open_pair(TLS13);

			forge_record(&both.client, &both.server, TLS_HANDSHAKE, plain_update, first);
			forge_record(&both.client, &both.server, TLS_HANDSHAKE, plain_update + first, second - first);
			forge_record(&both.client, &both.server, TLS_HANDSHAKE, plain_update + second, UPDATE - second);
			forge_update_keys(&both.client);
			forge_deliver(&both.server, 1);
			assert_goes_on(&both);
			pair_free(&both);
		}
	}
}

// A key of AES-GCM is good for 2^24.5 records (RFC 8446 §5.5).
static void a_key_that_has_done_enough(void **state)
{
	static const uint64_t most = UINT64_C(1) << 24;
	pair both = forge_open_pair(TLS13);
	xstls_protection *out = &both.server.session->handshake.state.records->out.protection;

	(void)state;
	out->sequence = both.client.session->handshake.state.records->in.protection.sequence = most - 1;
	assert_goes_on(&both);
	assert_int_equal(out->sequence, most);
	assert_goes_on(&both);
	assert_int_equal(out->sequence, 1);
	assert_goes_on(&both);
	pair_free(&both);
}

static void without_memory(void **state)
{
	(void)state;
	for (size_t n = 1; n <= 3; n++) {
		pair both = forge_open_pair(TLS13);

		forge_record(&both.client, &both.server, TLS_HANDSHAKE, plain_update, UPDATE);
		xstls_alloc_fail_at(n, 1);
		forge_deliver(&both.server, 0);
		xstls_alloc_fail_at(0, 0);
		assert_int_equal(xstls_session_failure(both.server.session).code, TLS_E_MEMORY);
		pair_free(&both);
	}
}

// Of our own update either the record goes out, or the peer is told under the keys that it has.
static void without_memory_for_our_own(void **state)
{
	(void)state;
	for (size_t n = 1; n <= 4; n++) {
		pair both = forge_open_pair(TLS13);
		xstls_session *server = both.server.session;

		server->handshake.state.records->owes_update = true;
		xstls_alloc_fail_at(n, 0);
		xstls_session_write(server, (const uint8_t *)"a", 1);
		xstls_alloc_fail_at(0, 0);
		pair_run(&both, 0);
		if (xstls_session_status(server) == TLS_FAIL) {
			assert_int_equal(xstls_session_failure(server).code, TLS_E_MEMORY);
			assert_failed(&both.client, TLS_E_ALERT_RECEIVED, TLS_ALERT_INTERNAL_ERROR, true);
		} else {
			assert_int_equal(queue_length(&both.client.plain), 1);
		}
		pair_free(&both);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z1 KeyUpdate of either end, again and again", the_peer_changes_its_keys),
	    TEST("Z1 a KeyUpdate that is asked for goes before the next data, once",
	         who_asks_is_answered_with_the_next_data),
	    TEST("Z1 a KeyUpdate in three records, cut anywhere", cut_up_anywhere),
	    TEST("Z1 2^24 records under one key are followed by a KeyUpdate", a_key_that_has_done_enough),
	    TEST("E9 a KeyUpdate without memory for it", without_memory),
	    TEST("E9 without memory for a KeyUpdate of our own the peer is told", without_memory_for_our_own),
	};

	return cmocka_run_group_tests_name("key update", tests, NULL, NULL);
}
