// A ClientHello that was damaged on its way: the server says why, or the client finds out, and nothing leaks.

#include "fixture.h"
#include "pair.h"

static const uint16_t versions[] = {TLS12, TLS13};

static void truncated_at_every_byte(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		xstls_config *server = config_server("ec256", versions[i]), *client = config_client(versions[i]);
		xstls_alloc_counters before = xstls_alloc_count();
		size_t length = SIZE_MAX;

		for (size_t cut = 0; cut < length; cut++) {
			pair both = pair_of(xstls_config_retain(server), xstls_config_retain(client));

			xstls_session_step(both.client.session);
			length = peer_send(&both.client, &both.server);
			assert_int_equal(peer_take(&both.server, cut, 0), cut);
			assert_int_equal(xstls_session_status(both.server.session), TLS_WAIT_READ);
			xstls_session_feed_end(both.server.session);
			assert_failed(&both.server, TLS_E_TRUNCATED, TLS_ALERT_NONE, false);
			assert_int_equal(xstls_session_pending(both.server.session), 0);
			pair_free(&both);
			assert_same_memory(before);
		}
		xstls_config_release(server);
		xstls_config_release(client);
	}
}

// The last record on the wire is the alert that the failure names, as far as one can read it: the server's TLS 1.3 has
// keys from the middle of its flight on.
static void assert_alert_comes_last(const byte_queue *wire, uint8_t alert)
{
	enum { RECORD_HEADER = 5, ENCRYPTED_ALERT = RECORD_HEADER + 3 + 16 };
	// Its version is not looked at: mbedTLS answers a hello of version 2.3 with an alert of version 2.3.
	const uint8_t body[] = {0, 2, 2, alert};
	size_t length = queue_length(wire);
	const uint8_t *end = queue_front(wire) + length;

	assert_true(length >= 3 + sizeof(body));
	if (memcmp(end - sizeof(body), body, sizeof(body)) == 0 && end[-7] == 21)
		return;
	assert_true(length > ENCRYPTED_ALERT);
	assert_int_equal(end[-ENCRYPTED_ALERT], 23);
	assert_int_equal(end[-ENCRYPTED_ALERT + 4], ENCRYPTED_ALERT - RECORD_HEADER);
}

static void flip(xstls_config *server, xstls_config *client, size_t at, uint8_t mask, size_t *length)
{
	enum { RECORD_HEADER = 5 };
	pair both = pair_of(xstls_config_retain(server), xstls_config_retain(client));

	xstls_session_step(both.client.session);
	*length = peer_send(&both.client, &both.server);
	both.server.wire.data[at] ^= mask;
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	if (xstls_session_status(both.server.session) == TLS_FAIL)
		assert_alert_comes_last(&both.client.wire, xstls_session_failure(both.server.session).alert);
	pair_run(&both, 0);
	// Everything but the record header is under the signature and the Finished hash.
	if (at >= RECORD_HEADER && xstls_session_is_established(both.client.session))
		fail_msg("byte %zu ^ 0x%02X went unnoticed by the client", at, mask);
	if (at >= RECORD_HEADER && xstls_session_is_established(both.server.session))
		fail_msg("byte %zu ^ 0x%02X went unnoticed by the server", at, mask);
	pair_free(&both);
}

static void every_byte_flipped(uint16_t version)
{
	static const uint8_t masks[] = {0x01, 0x80, 0xff};
	xstls_config *server = config_server("ec256", version), *client = config_client(version);
	xstls_alloc_counters before = xstls_alloc_count();
	size_t length = 1;

	for (size_t at = 0; at < length; at++) {
		for (size_t i = 0; i < sizeof(masks); i++) {
			flip(server, client, at, masks[i], &length);
			assert_same_memory(before);
		}
	}
	xstls_config_release(server);
	xstls_config_release(client);
}

static void flipped_over_1_2(void **state)
{
	(void)state;
	every_byte_flipped(TLS12);
}

static void flipped_over_1_3(void **state)
{
	(void)state;
	every_byte_flipped(TLS13);
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
	    TEST("E8 ClientHello truncated at every byte: TRUNCATED, nothing leaks", truncated_at_every_byte),
	    TEST("garbage: TLS 1.2 ClientHello with each byte flipped: the alert that the failure names", flipped_over_1_2),
	    TEST("garbage: TLS 1.3 ClientHello with each byte flipped: the alert that the failure names", flipped_over_1_3),
	};

	return cmocka_run_group_tests_name("client hello", tests, set_up, NULL);
}
