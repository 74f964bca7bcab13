// Row A4: the cache of TLS 1.2 sessions has a size, a lifetime, and an order.

#include <time.h>

#include "clock.h"
#include "fixture.h"
#include "keeping.h"

enum { MOST = 3, LIFETIME = 1000 };
static uint64_t start; // ms, within the dates of the certificates

static xstls_resumption *store;
static xstls_config *server;

static kept begin(void)
{
	return keeping_begin(xstls_config_retain(server), TLS12);
}

static bool resumes(const kept *session)
{
	return keeping_resumes(xstls_config_retain(server), TLS12, session);
}

static void new_store(size_t most)
{
	xstls_config_release(server);
	xstls_resumption_release(store);
	store = xstls_resumption_new(most, LIFETIME, false);
	server = keeping_server(&ways[0], store);
}

static void up_to_capacity(void **state)
{
	(void)state;
	for (size_t most = 0; most <= MOST; most++) {
		new_store(most);
		for (size_t count = 1; count <= MOST + 1; count++) {
			pair both = keeping_connect(xstls_config_retain(server), TLS12, NULL, NULL);

			pair_assert_open(&both);
			pair_free(&both);
			assert_int_equal(xstls_resumption_entries(store), count < most ? count : most);
			assert_true(xstls_resumption_bytes(store) <= xstls_resumption_entries(store) * TLS_RESUMPTION_ENTRY);
		}
	}
}

static void least_recently_used_goes(void **state)
{
	kept session[MOST + 1];

	(void)state;
	new_store(MOST);
	for (size_t i = 0; i < MOST; i++)
		session[i] = begin();
	assert_true(resumes(&session[0]));
	session[MOST] = begin();
	assert_true(resumes(&session[0]));
	assert_true(resumes(&session[2]));
	assert_true(resumes(&session[MOST]));
	assert_false(resumes(&session[1]));
	// That was a full handshake, for which the one used longest ago went.
	assert_false(resumes(&session[0]));
	assert_int_equal(xstls_resumption_entries(store), MOST);
}

static void to_the_end_of_its_life(void **state)
{
	kept session;

	(void)state;
	clock_stop_at(start);
	new_store(MOST);
	session = begin();
	clock_stop_at(start + LIFETIME * 1000 - 1);
	assert_true(resumes(&session));
	clock_advance(1);
	assert_false(resumes(&session));
	assert_int_equal(xstls_resumption_entries(store), 1); // of the full handshake
	clock_stop_at(0);
}

// A clock that was wrong, and was set back: nobody knows how old a session is.
static void clock_set_back(void **state)
{
	kept session;

	(void)state;
	clock_stop_at(start + 7200000);
	new_store(MOST);
	session = begin();
	clock_advance(-5000);
	assert_true(resumes(&session));
	clock_advance(-3600000);
	assert_false(resumes(&session));
	assert_int_equal(xstls_resumption_entries(store), 1); // of the full handshake
	clock_stop_at(0);
}

// An entry that is over goes when another comes, not only when it is asked for.
static void what_is_over_takes_no_place(void **state)
{
	(void)state;
	clock_stop_at(start);
	new_store(MOST);
	begin();
	begin();
	clock_advance(LIFETIME * 1000);
	begin();
	assert_int_equal(xstls_resumption_entries(store), 1);
	clock_stop_at(0);
}

static void only_tls_1_2(void **state)
{
	pair both;

	(void)state;
	new_store(MOST);
	both = keeping_connect(keeping_server_as("ec256", TLS13, store), TLS13, NULL, NULL);
	pair_assert_open(&both);
	assert_int_equal(xstls_resumption_entries(store), 0);
	pair_free(&both);
}

// Whether it is believed or not, a client's certificate is kept with its session, and it chooses how long that is.
static void long_certificates(void **state)
{
	const size_t bytes = TLS_RESUMPTION_ENTRY + TLS_RESUMPTION_CERTIFICATE;
	xstls_config *asking;

	(void)state;
	for (size_t most = 1; most <= MOST; most++) {
		new_store(most);
		asking = config_draft(&(config_options){.identity = {"ec256"}, .version = TLS12, .ca = "ca.pem"});
		assert_int_equal(xstls_config_set_verify(asking, TLS_SERVER, TLS_VERIFY_OPTIONAL), TLS_E_NONE);
		assert_int_equal(xstls_config_set_resumption(asking, store), TLS_E_NONE);
		assert_int_equal(xstls_config_seal(asking), TLS_E_NONE);
		for (size_t count = 0; count < 2 * MOST; count++) {
			const char *name = count % 2 ? "ec384" : "wide";
			xstls_config *client = config_make(&(config_options){.identity = {name}, .version = TLS12, .ca = "ca.pem"});
			pair both = keeping_connect_as(xstls_config_retain(asking), client, "device.local", NULL, NULL);

			pair_assert_open(&both);
			pair_free(&both);
			assert_true(xstls_resumption_bytes(store) <= most * bytes);
			// A long one has no room where one session is kept; else the last is.
			if (most > 1 || count % 2)
				assert_true(xstls_resumption_entries(store) > 0);
			else
				assert_int_equal(xstls_resumption_entries(store), count > 0);
		}
		xstls_config_release(asking);
	}
}

static int set_up(void **state)
{
	(void)state;
	start = (uint64_t)time(NULL) * 1000;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	xstls_config_release(server);
	xstls_resumption_release(store);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("A4 a cache of n: n-1, n and n+1 sessions, and none at all", up_to_capacity),
	    TEST("A4 the session used least recently makes room", least_recently_used_goes),
	    TEST("A4 a session is resumed to the last millisecond of its lifetime", to_the_end_of_its_life),
	    TEST("A4 a clock that is set back by more than a step ends sessions", clock_set_back),
	    TEST("A4 what is past its lifetime takes no place", what_is_over_takes_no_place),
	    TEST("A4 a TLS 1.3 session is not cached", only_tls_1_2),
	    TEST("A4 Z12 long certificates of clients take no more than the cache may", long_certificates),
	};

	return cmocka_run_group_tests_name("cache", tests, set_up, tear_down);
}
