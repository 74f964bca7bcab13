// Rows B6, Z7: the keys of tickets change, serve on for the tickets that were made with them, and outlive a restart.

#include <time.h>

#include "clock.h"
#include "fixture.h"
#include "keeping.h"

enum { LIFETIME = 1000, MS = 1000, KEY = 48, FIRST = 1 };
static uint64_t start; // ms, within the dates of the certificates

typedef struct {
	uint8_t bytes[TLS_TICKET_KEYS_EXPORT];
} exported;

static xstls_resumption *store;
static xstls_config *server;
static const resumption_way *way;

static void use_store(xstls_resumption *fresh)
{
	xstls_config_release(server);
	xstls_resumption_release(store);
	store = fresh;
	server = keeping_server(way, store);
}

static void restart_without_keys(void)
{
	use_store(xstls_resumption_new(0, LIFETIME, true));
}

static kept begin(void)
{
	return keeping_begin(xstls_config_retain(server), way->version);
}

static bool resumes(const kept *session)
{
	return keeping_resumes(xstls_config_retain(server), way->version, session);
}

static exported keys_now(void)
{
	exported keys;

	assert_int_equal(xstls_resumption_export_keys(store, keys.bytes), TLS_E_NONE);
	return keys;
}

static void with_both_ways(void (*test)(void))
{
	for (way = &ways[1]; way <= &ways[2]; way++) {
		clock_stop_at(start);
		restart_without_keys();
		test();
	}
	clock_stop_at(0);
}

// A ticket that is made in the last moment of its key is good for all of its own lifetime.
static void rotate(void)
{
	exported first, second;
	kept late;

	begin();
	first = keys_now();
	clock_advance(LIFETIME * MS - 1);
	late = begin();
	assert_memory_equal(keys_now().bytes, first.bytes, sizeof(first));
	clock_advance(1);
	begin();
	second = keys_now();
	assert_memory_equal(second.bytes + FIRST + KEY, first.bytes + FIRST, KEY);
	assert_int_not_equal(memcmp(second.bytes + FIRST, first.bytes + FIRST, KEY), 0);
	clock_advance(LIFETIME * MS - 2);
	assert_true(resumes(&late));
	clock_advance(1);
	assert_false(resumes(&late));
	assert_memory_equal(keys_now().bytes, second.bytes, sizeof(second));
	clock_advance(1);
	begin();
	assert_memory_equal(keys_now().bytes + FIRST + KEY, second.bytes + FIRST, KEY);
}

static void keys_rotate(void **state)
{
	(void)state;
	with_both_ways(rotate);
}

// Keys that the clock shows in the future would not rotate until it gets there.
static void set_back(void)
{
	exported first;
	kept session;

	clock_advance(7200000);
	session = begin();
	first = keys_now();
	clock_advance(-3600000);
	assert_false(resumes(&session));
	assert_int_not_equal(memcmp(keys_now().bytes + FIRST, first.bytes + FIRST, KEY), 0);
}

static void a_clock_set_back_changes_keys(void **state)
{
	(void)state;
	with_both_ways(set_back);
}

static void restart(void)
{
	kept session = begin();
	exported keys = keys_now();

	restart_without_keys();
	assert_false(resumes(&session));
	restart_without_keys();
	assert_int_equal(xstls_resumption_import_keys(store, keys.bytes, sizeof(keys)), TLS_E_NONE);
	assert_memory_equal(keys_now().bytes, keys.bytes, sizeof(keys));
	assert_true(resumes(&session));
	clock_advance(LIFETIME * MS);
	restart_without_keys();
	assert_int_equal(xstls_resumption_import_keys(store, keys.bytes, sizeof(keys)), TLS_E_NONE);
	assert_false(resumes(&session));
}

static void keys_outlive_a_restart(void **state)
{
	(void)state;
	with_both_ways(restart);
}

static void what_is_no_export(void **state)
{
	exported keys, longer[2] = {{{0}}};

	(void)state;
	way = &ways[1];
	restart_without_keys();
	begin();
	keys = keys_now();
	longer[0] = keys;
	for (size_t length = 0; length < sizeof(keys); length++)
		assert_int_equal(xstls_resumption_import_keys(store, keys.bytes, length), TLS_E_ARGUMENT);
	assert_int_equal(xstls_resumption_import_keys(store, longer[0].bytes, sizeof(keys) + 1), TLS_E_ARGUMENT);
	keys.bytes[0]++;
	assert_int_equal(xstls_resumption_import_keys(store, keys.bytes, sizeof(keys)), TLS_E_ARGUMENT);
	assert_memory_equal(keys_now().bytes, longer[0].bytes, sizeof(keys));
}

// One that is exported before it was ever used.
static void export_before_the_first_ticket(void)
{
	exported keys = keys_now(), later = {{FIRST}};
	kept session = begin();

	assert_memory_equal(keys_now().bytes, keys.bytes, sizeof(keys));
	restart_without_keys();
	assert_int_equal(xstls_resumption_import_keys(store, keys.bytes, sizeof(keys)), TLS_E_NONE);
	assert_true(resumes(&session));
	assert_int_equal(xstls_resumption_import_keys(store, later.bytes, sizeof(later)), TLS_E_ARGUMENT);
	assert_true(resumes(&session));
}

static void keys_are_made_to_be_exported(void **state)
{
	(void)state;
	with_both_ways(export_before_the_first_ticket);
}

static void no_tickets_no_keys(void **state)
{
	uint8_t keys[TLS_TICKET_KEYS_EXPORT] = {1};

	(void)state;
	way = &ways[1];
	use_store(xstls_resumption_new(4, LIFETIME, false));
	assert_int_equal(xstls_resumption_export_keys(store, keys), TLS_E_STATE);
	assert_int_equal(xstls_resumption_import_keys(store, keys, sizeof(keys)), TLS_E_STATE);
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
	    TEST("B6 keys rotate; tickets of the key before are accepted for their lifetime, no longer", keys_rotate),
	    TEST("B6 a clock that is set back ends tickets and changes their key", a_clock_set_back_changes_keys),
	    TEST("B6 Z7 tickets outlive a restart with the keys, not without", keys_outlive_a_restart),
	    TEST("B6 Z7 what is no export is refused, and changes nothing", what_is_no_export),
	    TEST("B6 Z7 keys that are exported before the first ticket are those that it is made with",
	         keys_are_made_to_be_exported),
	    TEST("B6 without tickets there are no keys", no_tickets_no_keys),
	};

	return cmocka_run_group_tests_name("ticket keys", tests, set_up, tear_down);
}
