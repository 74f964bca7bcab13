// The transport may cut the conversation anywhere. Every handshake here is a fresh one over EC P-256.

#include "fixture.h"
#include "pair.h"

static void one_byte_at_a_time(void **state)
{
	static const uint16_t versions[] = {TLS12, TLS13};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		pair both = pair_of(config_server("ec256", versions[i]), config_client(versions[i]));

		pair_run(&both, 1);
		pair_assert_open(&both);
		pair_free(&both);
	}
}

// Sends the next flight and delivers it in two parts, cut at `cut` (SIZE_MAX: whole); returns its length.
static size_t deliver(peer *from, peer *to, size_t cut)
{
	size_t length = peer_send(from, to);

	if (cut < length) {
		assert_int_equal(peer_take(to, cut, 0), cut);
		// Nothing but what is there may be concluded from half a flight.
		assert_true(xstls_session_status(to->session) != TLS_FAIL);
	}
	peer_take(to, SIZE_MAX, 0);
	assert_int_equal(queue_length(&to->wire), 0);
	return length;
}

// A handshake in which flight number `flight` is cut at `cut`. The length of that flight, 0 when there is none.
static size_t handshake_with_cut(xstls_config *server, xstls_config *client, size_t flight, size_t cut)
{
	pair both = pair_of(xstls_config_retain(server), xstls_config_retain(client));
	size_t result = 0, length = 1;

	xstls_session_step(both.client.session);
	for (size_t i = 0; length > 0; i++) {
		peer *from = i % 2 ? &both.server : &both.client;

		length = deliver(from, i % 2 ? &both.client : &both.server, i == flight ? cut : SIZE_MAX);
		if (i == flight)
			result = length;
	}
	pair_assert_open(&both);
	pair_free(&both);
	return result;
}

static void every_split_of_every_flight(uint16_t version)
{
	xstls_config *server = config_server("ec256", version), *client = config_client(version);
	size_t length;

	for (size_t flight = 0; (length = handshake_with_cut(server, client, flight, SIZE_MAX)) > 0; flight++) {
		printf("# flight %zu: %zu bytes\n", flight + 1, length);
		// ECDSA signatures differ in length by a few bytes; where a cut falls beyond the end, nothing is cut.
		for (size_t cut = 1; cut < length; cut++)
			handshake_with_cut(server, client, flight, cut);
	}
	xstls_config_release(server);
	xstls_config_release(client);
}

static void every_split_over_1_2(void **state)
{
	(void)state;
	every_split_of_every_flight(TLS12);
}

static void every_split_over_1_3(void **state)
{
	(void)state;
	every_split_of_every_flight(TLS13);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z1 the whole conversation one byte at a time", one_byte_at_a_time),
	    TEST("Z1 TLS 1.2: every flight cut in two at every byte", every_split_over_1_2),
	    TEST("Z1 TLS 1.3: every flight cut in two at every byte", every_split_over_1_3),
	};

	return cmocka_run_group_tests_name("splits", tests, NULL, NULL);
}
