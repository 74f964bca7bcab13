// Row Z7: a device whose clock starts at 1970 and is set later. What was put back before that is not lost by it.

#include <time.h>

#include "clock.h"
#include "fixture.h"
#include "keeping.h"
#include "session/tls-client-session.h"
#include "trust/tls-trust.h"

enum { LIFETIME = 1000, MS = 1000, BOOTED = 5 * MS, FLOOR = 1735689600 };
static uint64_t start; // ms, within the dates of the certificates

// Dates do not count before the clock is set.
static xstls_config *patient_client(void)
{
	xstls_config *client = config_draft(&(config_options){.ca = "ca.pem"});

	assert_int_equal(xstls_config_set_clock_floor(client, FLOOR), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	return client;
}

static pair visit(xstls_config *server, const kept *offered)
{
	return keeping_connect_as(xstls_config_retain(server), patient_client(), "device.local", offered, NULL);
}

// The client's clock is right; the server's shows `booted`.
static bool resumes_at(uint64_t booted, xstls_config *server, const kept *session)
{
	xstls_config *client = patient_client();
	pair both = pair_of(xstls_config_retain(server), client);
	bool resumed;

	clock_stop_at(start + LIFETIME * MS / 4);
	assert_true(xstls_session_restore(both.client.session, session->bytes, session->length));
	xstls_session_step(both.client.session);
	clock_stop_at(booted);
	pair_run(&both, 0);
	pair_assert_open(&both);
	resumed = xstls_session_is_resumed(both.server.session);
	pair_free(&both);
	return resumed;
}

static kept begin(xstls_config *server)
{
	pair both = visit(server, NULL);
	kept session;

	assert_resumed(&both, false);
	session = keeping_export(&both);
	pair_free(&both);
	return session;
}

static bool resumes(xstls_config *server, const kept *session)
{
	pair both = visit(server, session);
	bool resumed = xstls_session_is_resumed(both.server.session);

	pair_assert_open(&both);
	pair_free(&both);
	return resumed;
}

static kept from_before(const resumption_way *way, uint8_t *keys)
{
	xstls_resumption *store = xstls_resumption_new(0, LIFETIME, true);
	xstls_config *server = keeping_server(way, store);
	kept session;

	clock_stop_at(start);
	session = begin(server);
	assert_int_equal(xstls_resumption_export_keys(store, keys), TLS_E_NONE);
	xstls_config_release(server);
	xstls_resumption_release(store);
	return session;
}

static void restart(const resumption_way *way)
{
	uint8_t keys[TLS_TICKET_KEYS_EXPORT];
	kept session = from_before(way, keys), early;
	xstls_resumption *store = xstls_resumption_new(0, LIFETIME, true);
	xstls_config *server = keeping_server(way, store);

	clock_stop_at(BOOTED);
	assert_int_equal(xstls_resumption_import_keys(store, keys, sizeof(keys)), TLS_E_NONE);
	early = begin(server);
	assert_true(resumes(server, &early));
	// Over TLS 1.3 the client says how old its ticket is, and that is not what this clock shows.
	assert_int_equal(resumes_at(BOOTED, server, &session), way->version == TLS12);
	clock_stop_at(start + LIFETIME * MS / 2);
	begin(server);
	assert_true(resumes(server, &session));
	assert_false(resumes(server, &early));
	clock_stop_at(start + LIFETIME * MS);
	assert_false(resumes(server, &session));
	xstls_config_release(server);
	xstls_resumption_release(store);
}

static void keys_wait_for_the_clock(void **state)
{
	(void)state;
	restart(&ways[1]);
	restart(&ways[2]);
	clock_stop_at(0);
}

// What was made before the clock was set is then of an age that nobody knows.
static void own_keys_change(void **state)
{
	(void)state;
	for (const resumption_way *way = &ways[1]; way <= &ways[2]; way++) {
		xstls_resumption *store = xstls_resumption_new(0, LIFETIME, true);
		xstls_config *server = keeping_server(way, store);
		kept session;

		clock_stop_at(BOOTED);
		session = begin(server);
		assert_true(resumes(server, &session));
		clock_advance(LIFETIME * MS);
		assert_false(resumes(server, &session));
		session = begin(server);
		clock_stop_at(start);
		assert_false(resumes(server, &session));
		xstls_config_release(server);
		xstls_resumption_release(store);
	}
	clock_stop_at(0);
}

static int set_up(void **state)
{
	(void)state;
	start = (uint64_t)time(NULL) * MS;
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B6 Z7 keys that are put back before the clock is set are there when it is", keys_wait_for_the_clock),
	    TEST("B6 keys that were made before the clock is set change when it is", own_keys_change),
	};

	return cmocka_run_group_tests_name("ticket clock", tests, set_up, NULL);
}
