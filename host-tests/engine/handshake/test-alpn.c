// Row B5: the server's order of preference decides, and no overlap is an error that both ends see.

#include "fixture.h"
#include "pair.h"

static pair run_alpn(uint16_t version, config_options server, config_options client)
{
	pair both;

	server.identity[0] = "ec256";
	server.version = version;
	client.ca = "ca.pem";
	client.version = version;
	both = pair_of(config_make(&server), config_make(&client));
	pair_run(&both, 0);
	return both;
}

static void assert_alpn(const pair *both, const char *expected)
{
	pair_assert_open(both);
	if (expected) {
		assert_string_equal(xstls_session_alpn(both->server.session), expected);
		assert_string_equal(xstls_session_alpn(both->client.session), expected);
	} else {
		assert_null(xstls_session_alpn(both->server.session));
		assert_null(xstls_session_alpn(both->client.session));
	}
}

static void check_all(uint16_t version)
{
	const config_options none = {0};
	const config_options both_protocols = {.alpn = {"http/1.1", "h2"}};
	const config_options other_order = {.alpn = {"h2", "http/1.1"}};
	pair both = run_alpn(version, both_protocols, other_order);

	assert_alpn(&both, "http/1.1");
	pair_free(&both);
	both = run_alpn(version, other_order, both_protocols);
	assert_alpn(&both, "h2");
	pair_free(&both);
	both = run_alpn(version, both_protocols, none);
	assert_alpn(&both, NULL);
	pair_free(&both);
	both = run_alpn(version, none, both_protocols);
	assert_alpn(&both, NULL);
	pair_free(&both);
	both = run_alpn(version, (config_options){.alpn = {"http/1.1"}}, (config_options){.alpn = {"h2", "mqtt"}});
	assert_failed(&both.server, TLS_E_NO_APPLICATION_PROTOCOL, TLS_ALERT_NO_APPLICATION_PROTOCOL, false);
	assert_failed(&both.client, TLS_E_ALERT_RECEIVED, TLS_ALERT_NO_APPLICATION_PROTOCOL, true);
	pair_free(&both);
}

static void over_1_2(void **state)
{
	(void)state;
	check_all(TLS12);
}

static void over_1_3(void **state)
{
	(void)state;
	check_all(TLS13);
}

static void names_of_255_bytes(void **state)
{
	char name[256];
	pair both;

	(void)state;
	memset(name, 'x', 255);
	name[255] = 0;
	both = run_alpn(TLS13, (config_options){.alpn = {name}}, (config_options){.alpn = {name}});
	assert_alpn(&both, name);
	pair_free(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B5 ALPN over TLS 1.2: server's preference, one side only, no overlap", over_1_2),
	    TEST("B5 ALPN over TLS 1.3: server's preference, one side only, no overlap", over_1_3),
	    TEST("B5 ALPN names of 255 bytes", names_of_255_bytes),
	};

	return cmocka_run_group_tests_name("alpn", tests, NULL, NULL);
}
