// Every kind of handshake comes about, and is of the kind that it says.

#include "fixture.h"
#include "kinds.h"

static void check(const handshake_kind *kind)
{
	kind_ends ends = kind_set_up(kind);
	pair both = {.server.session = kind_server(&ends), .client.session = kind_client(&ends)};

	kind_run(&ends, &both);
	pair_assert_open(&both);
	assert_int_equal(xstls_session_is_resumed(both.server.session), kind->cache || kind->tickets);
	assert_int_equal(xstls_session_is_resumed(both.client.session), kind->cache || kind->tickets);
	if (kind->version)
		assert_int_equal(xstls_session_version(both.client.session), kind->version);
	pair_free(&both);
	kind_rewind(&ends);
	kind_tear_down(&ends);
}

static void all(void **state)
{
	(void)state;
	for (size_t i = 0; i < handshake_kind_count; i++) {
		printf("# %s\n", handshake_kinds[i].name);
		check(&handshake_kinds[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z1 A4 B6 C4 every kind of handshake", all),
	};

	return cmocka_run_group_tests_name("kinds", tests, NULL, NULL);
}
