// A peer that wants records shorter than handshake messages (RFC 8449): all that is sent to it is cut up.

#include "fixture.h"
#include "pair.h"

#include "record-limit.h"
#include "record/tls-protection.h"

static const size_t limits[] = {63, 64, 100, 500, 999, 1023, 3000};
enum { LIMITS = sizeof(limits) / sizeof(limits[0]), EXPANSION = 1 + 16 };

static xstls_config *mutual(const char *identity)
{
	xstls_config *config = config_draft(&(config_options){.identity = {identity}, .ca = "ca.pem", .version = TLS13});

	assert_int_equal(xstls_config_set_verify(config, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

static void assert_short(const byte_queue *wire, size_t limit)
{
	for (size_t at = 0; at < queue_length(wire);) {
		const uint8_t *record = queue_front(wire) + at;
		size_t length = (size_t)record[3] << 8 | record[4];

		if (record[0] == TLS_APPLICATION_DATA)
			assert_in_range(length, EXPANSION + 1, limit + EXPANSION);
		at += TLS_RECORD_HEADER + length;
	}
}

// As pair_run, but that every record is looked at.
static void run(pair *both, size_t limit)
{
	size_t moved;

	record_limit_set(limit);
	xstls_session_step(both->client.session);
	do {
		moved = peer_send(&both->client, &both->server);
		assert_short(&both->server.wire, limit);
		moved += peer_take(&both->server, SIZE_MAX, 0) + peer_send(&both->server, &both->client);
		assert_short(&both->client.wire, limit);
		moved += peer_take(&both->client, SIZE_MAX, 0);
	} while (moved);
	record_limit_set(0);
}

static void assert_flows(pair *both, peer *from, peer *to)
{
	static const uint8_t text[2000];

	assert_int_equal(xstls_session_write(from->session, text, sizeof(text)), sizeof(text));
	pair_run(both, 0);
	assert_int_equal(queue_length(&to->plain), sizeof(text));
}

static void whole_handshakes(void **state)
{
	static const char *const identities[] = {"chained", "rsa2048", "ec384"};

	(void)state;
	for (size_t i = 0; i < LIMITS; i++)
		for (size_t j = 0; j < sizeof(identities) / sizeof(identities[0]); j++) {
			pair both = pair_of(mutual(identities[j]), mutual(identities[j]));

			run(&both, limits[i]);
			pair_assert_open(&both);
			assert_flows(&both, &both.server, &both.client);
			assert_flows(&both, &both.client, &both.server);
			pair_free(&both);
		}
}

// Alerts come after records that were cut up, and are read.
static void refusals(void **state)
{
	(void)state;
	for (size_t i = 0; i < LIMITS; i++) {
		pair both = pair_of(mutual("chained"), mutual("expired"));

		run(&both, limits[i]);
		assert_failed(&both.server, TLS_E_CERTIFICATE_EXPIRED, TLS_ALERT_CERTIFICATE_EXPIRED, false);
		assert_failed(&both.client, TLS_E_ALERT_RECEIVED, TLS_ALERT_CERTIFICATE_EXPIRED, true);
		pair_free(&both);
		both = pair_of(mutual("expired"), mutual("chained"));
		run(&both, limits[i]);
		assert_failed(&both.client, TLS_E_CERTIFICATE_EXPIRED, TLS_ALERT_CERTIFICATE_EXPIRED, false);
		assert_failed(&both.server, TLS_E_ALERT_RECEIVED, TLS_ALERT_CERTIFICATE_EXPIRED, true);
		pair_free(&both);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("A1 E5 Z19 handshakes with a limit below their messages, both ends with certificates", whole_handshakes),
	    TEST("A1 E5 Z19 refusals with a limit below the messages before them", refusals),
	};

	return cmocka_run_group_tests_name("short records", tests, NULL, NULL);
}
