// Row E7 stands on this: what `writable` promises fits, and one byte more does not.

#include "fixture.h"
#include "pair.h"

enum { MOST = 3 * 4200 };

static size_t ciphertext_of(xstls_session *session, size_t length)
{
	static const uint8_t zeros[MOST];
	static uint8_t sink[2 * MOST];
	size_t pending;

	assert_int_equal(xstls_session_write(session, zeros, length), length);
	pending = xstls_session_pending(session);
	assert_int_equal(xstls_session_drain(session, sink, sizeof(sink)), pending);
	return pending;
}

static void check_room(xstls_session *session, size_t room)
{
	size_t fits = xstls_session_writable(session, room);
	size_t with = ciphertext_of(session, fits), beyond = ciphertext_of(session, fits + 1);

	if (with > room || beyond <= room)
		fail_msg("room %zu: writable says %zu, which takes %zu; one more takes %zu", room, fits, with, beyond);
}

static void check(uint16_t version)
{
	pair both = pair_of(config_server("ec256", version), config_client(version));

	assert_int_equal(xstls_session_writable(both.server.session, 1000), 0);
	pair_run(&both, 0);
	pair_assert_open(&both);
	for (size_t room = 0; room < 200; room++)
		check_room(both.server.session, room);
	// Around the end of the first record and of the second.
	for (size_t room = 4096 - 64; room < 4096 + 128; room++) {
		check_room(both.server.session, room);
		check_room(both.client.session, room + 4096);
	}
	pair_free(&both);
}

static void over_1_2(void **state)
{
	(void)state;
	check(TLS12);
}

static void over_1_3(void **state)
{
	(void)state;
	check(TLS13);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("E7 writable is exact over TLS 1.2", over_1_2),
	    TEST("E7 writable is exact over TLS 1.3", over_1_3),
	};

	return cmocka_run_group_tests_name("writable", tests, NULL, NULL);
}
