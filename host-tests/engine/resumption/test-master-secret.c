// RFC 7627 §5.3: a session keeps its master secret, extended or not, or it is not resumed.

#include "fixture.h"
#include "keeping.h"

#include "config/tls-config-state.h"

static void forgo(xstls_config *config, xstls_role role)
{
	mbedtls_ssl_conf_extended_master_secret(&config->ssl[role], MBEDTLS_SSL_EXTENDED_MS_DISABLED);
}

static xstls_config *client_that(bool extends)
{
	xstls_config *config = config_client(TLS12);

	if (!extends)
		forgo(config, TLS_CLIENT);
	return config;
}

// A server that forgoes it is one that breaks the rules: it resumes whatever it is offered.
static xstls_config *server_that(bool extends, const resumption_way *way, xstls_resumption *store)
{
	xstls_config *config = keeping_server(way, store);

	if (!extends)
		forgo(config, TLS_SERVER);
	return config;
}

typedef struct {
	bool first_client, first_server, second_client, second_server; // which of them extend
} case_of;

// The second connection, made with what the client has kept of the first.
static pair connect_twice(const resumption_way *way, case_of extends)
{
	xstls_resumption *store = xstls_resumption_new(way->tickets ? 0 : 4, 3600, way->tickets);
	pair both = keeping_connect_as(server_that(extends.first_server, way, store), client_that(extends.first_client),
	                               "device.local", NULL, NULL);
	kept session = keeping_export(&both);
	bool taken;

	assert_resumed(&both, false);
	pair_free(&both);
	both = keeping_connect_as(server_that(extends.second_server, way, store), client_that(extends.second_client),
	                          "device.local", &session, &taken);
	assert_true(taken);
	xstls_resumption_release(store);
	return both;
}

enum { WAYS_1_2 = 2 };

static void assert_ended(case_of extends, bool by_server)
{
	for (size_t i = 0; i < WAYS_1_2; i++) {
		pair both = connect_twice(&ways[i], extends);
		peer *failed = by_server ? &both.server : &both.client, *told = by_server ? &both.client : &both.server;

		assert_failed(failed, TLS_E_HANDSHAKE_FAILURE, TLS_ALERT_HANDSHAKE_FAILURE, false);
		assert_failed(told, TLS_E_ALERT_RECEIVED, TLS_ALERT_HANDSHAKE_FAILURE, true);
		pair_free(&both);
	}
}

static void assert_agreed(case_of extends, bool resumed)
{
	for (size_t i = 0; i < WAYS_1_2; i++) {
		pair both = connect_twice(&ways[i], extends);

		assert_resumed(&both, resumed);
		pair_free(&both);
	}
}

static void lost_by_the_client(void **state)
{
	(void)state;
	assert_ended((case_of){true, true, false, true}, true);
}

static void gained_by_the_client(void **state)
{
	(void)state;
	assert_agreed((case_of){false, true, true, true}, false);
}

static void lost_by_the_server(void **state)
{
	(void)state;
	assert_ended((case_of){true, true, true, false}, false);
}

static void gained_by_the_server(void **state)
{
	(void)state;
	assert_ended((case_of){true, false, true, true}, false);
}

static void unchanged(void **state)
{
	(void)state;
	assert_agreed((case_of){true, true, true, true}, true);
	assert_agreed((case_of){false, true, false, true}, true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z19 A4 B6 a client that does without it now: the server ends the handshake", lost_by_the_client),
	    TEST("Z19 A4 B6 a client that has it now: the server makes a new session", gained_by_the_client),
	    TEST("Z19 Z7 a server that does without it now: the client ends the handshake", lost_by_the_server),
	    TEST("Z19 Z7 a server that has it now: the client ends the handshake", gained_by_the_server),
	    TEST("Z19 A4 B6 Z7 as before: resumed", unchanged),
	};

	return cmocka_run_group_tests_name("master secret", tests, NULL, NULL);
}
