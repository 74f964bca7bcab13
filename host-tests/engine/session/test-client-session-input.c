// Row Z7: exported sessions that are damaged, out of date, or read where memory is short.

#include "fixture.h"
#include "keeping.h"

#include <stdlib.h>
#include <time.h>

#include "clock.h"
#include "session/tls-client-session.h"

enum { HOUR = 3600, DAY = 24 * HOUR };

typedef struct {
	xstls_resumption *store;
	xstls_config *server;
	kept session;
} scene;

static scene scene_of(const resumption_way *way, uint32_t lifetime)
{
	scene s = {.store = xstls_resumption_new(8, lifetime, way->tickets)};

	s.server = keeping_server(way, s.store);
	s.session = keeping_begin(xstls_config_retain(s.server), 0);
	return s;
}

static void scene_free(scene *s)
{
	xstls_config_release(s->server);
	xstls_resumption_release(s->store);
}

// The copy ends where its block ends, so a sanitizer sees a step beyond it.
static bool is_taken(xstls_config *client, const uint8_t *bytes, size_t length)
{
	xstls_session *session = xstls_session_new(client, TLS_CLIENT, "device.local");
	uint8_t *copy = malloc(length ? length : 1);
	bool taken;

	memcpy(copy, bytes, length);
	taken = xstls_session_restore(session, copy, length);
	free(copy);
	xstls_session_free(session);
	return taken;
}

static void damaged(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		xstls_config *client = config_client(0);
		scene s = scene_of(&ways[i], HOUR);
		kept *session = &s.session;

		assert_true(is_taken(client, session->bytes, session->length));
		for (size_t length = 0; length < session->length; length++)
			assert_false(is_taken(client, session->bytes, length));
		assert_false(is_taken(client, session->bytes, session->length + 1));
		for (size_t bit = 0; bit < 8 * session->length; bit++) {
			session->bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
			assert_false(is_taken(client, session->bytes, session->length));
			session->bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
		assert_true(is_taken(client, session->bytes, session->length));
		xstls_config_release(client);
		scene_free(&s);
	}
}

static bool is_taken_after(const kept *session, uint64_t seconds)
{
	xstls_config *client = config_client(0);
	bool taken;

	clock_advance(seconds * 1000);
	taken = is_taken(client, session->bytes, session->length);
	clock_advance(-seconds * 1000);
	xstls_config_release(client);
	return taken;
}

static void out_of_date(void **state)
{
	// A server that gives no ticket does not say for how long: a day.
	static const uint32_t ends[WAYS] = {DAY, HOUR, HOUR};

	(void)state;
	clock_stop_at((uint64_t)time(NULL) * 1000);
	for (size_t i = 0; i < WAYS; i++) {
		scene s = scene_of(&ways[i], HOUR);

		assert_true(is_taken_after(&s.session, ends[i] - 1));
		assert_false(is_taken_after(&s.session, ends[i]));
		scene_free(&s);
	}
	clock_stop_at(0);
}

// Whoever resumes and keeps again verifies the server at least once a week.
static void verified_too_long_ago(void **state)
{
	scene s;

	(void)state;
	clock_stop_at((uint64_t)time(NULL) * 1000);
	s = scene_of(&ways[2], 2 * DAY);
	for (int day = 1; day < 7; day++) {
		pair both;

		clock_advance(DAY * 1000ull);
		both = keeping_connect(xstls_config_retain(s.server), 0, &s.session, NULL);
		assert_resumed(&both, true);
		s.session = keeping_export(&both);
		pair_free(&both);
	}
	assert_true(is_taken_after(&s.session, DAY - 1));
	assert_false(is_taken_after(&s.session, DAY));
	clock_stop_at(0);
	scene_free(&s);
}

// Nobody knows how old a session is that the clock shows in the future.
static void a_clock_set_back(void **state)
{
	scene s;

	(void)state;
	clock_stop_at((uint64_t)time(NULL) * 1000);
	s = scene_of(&ways[0], HOUR);
	clock_advance(-HOUR * 1000);
	assert_false(is_taken_after(&s.session, 0));
	clock_stop_at(0);
	scene_free(&s);
}

static void expired_meanwhile(void **state)
{
	const validity valid = keeping_validity();
	scene s;

	(void)state;
	clock_stop_at(valid.to - HOUR * 1000);
	s = scene_of(&ways[0], HOUR);
	assert_true(is_taken_after(&s.session, HOUR));
	assert_false(is_taken_after(&s.session, HOUR + 1));
	scene_free(&s);
	clock_stop_at(valid.from);
	s = scene_of(&ways[0], HOUR);
	assert_true(is_taken_after(&s.session, 0));
	clock_stop_at(valid.from - 1000);
	assert_false(is_taken_after(&s.session, 0));
	clock_stop_at(0);
	scene_free(&s);
}

// A session that is not taken for want of memory, or a handshake that ends by it: nothing worse, and nothing stays.
static void out_of_memory(void **state)
{
	(void)state;
	warm_up();
	for (size_t i = 0; i < WAYS; i++) {
		scene s = scene_of(&ways[i], HOUR);
		xstls_config *client = config_client(0);
		xstls_alloc_counters before = xstls_alloc_count();
		bool taken = false;

		for (size_t n = 1; !taken; n++) {
			xstls_session *session = xstls_session_new(client, TLS_CLIENT, "device.local");

			xstls_alloc_fail_at(n, false);
			taken = xstls_session_restore(session, s.session.bytes, s.session.length);
			xstls_alloc_fail_at(0, false);
			if (!taken && xstls_session_status(session) == TLS_FAIL)
				assert_int_equal(xstls_session_failure(session).code, TLS_E_MEMORY);
			xstls_session_free(session);
			assert_same_memory(before);
			assert_true(n < 200);
		}
		xstls_config_release(client);
		scene_free(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z7 every truncation and every flipped bit is refused", damaged),
	    TEST("Z7 the lifetime that the server gives, else a day", out_of_date),
	    TEST("Z7 the server is verified anew after a week", verified_too_long_ago),
	    TEST("A4 a session of a clock that was set back since is not taken", a_clock_set_back),
	    TEST("Z7 certificates that have expired since", expired_meanwhile),
	    TEST("Z7 out of memory at each allocation", out_of_memory),
	};

	return cmocka_run_group_tests_name("client session input", tests, NULL, NULL);
}
