// A thousand bad connections leave the heap as it was, byte for byte.

#include "fixture.h"
#include "pair.h"

#include "random.h"

enum { CONNECTIONS = 1000 };

static xstls_config *server_config, *client_config;

static pair new_pair(void)
{
	return pair_of(xstls_config_retain(server_config), xstls_config_retain(client_config));
}

static void plain_http(pair *both, size_t i)
{
	static const char request[] = "GET / HTTP/1.1\r\n\r\n";

	xstls_session_feed(both->server.session, (const uint8_t *)request, sizeof(request) - 1 - i % 10);
}

static void noise(pair *both, size_t i)
{
	uint8_t bytes[300];

	random_bytes(bytes, sizeof(bytes));
	memcpy(bytes, "\x16\x03\x01\x01\x00\x01\x00\x00\xfc\x03\x03", i % 12);
	xstls_session_feed(both->server.session, bytes, sizeof(bytes));
}

static void half_a_hello(pair *both, size_t i)
{
	xstls_session_step(both->client.session);
	peer_send(&both->client, &both->server);
	peer_take(&both->server, 1 + i % 150, 0);
}

// Gone after the server's flight, with and without a word.
static void gone_in_the_middle(pair *both, size_t i)
{
	xstls_session_step(both->client.session);
	peer_send(&both->client, &both->server);
	peer_take(&both->server, SIZE_MAX, 1);
	if (i % 2)
		xstls_session_feed_end(both->server.session);
}

static void thousand(void (*attack)(pair *both, size_t i))
{
	xstls_alloc_counters before = xstls_alloc_count();

	for (size_t i = 0; i < CONNECTIONS; i++) {
		pair both = new_pair();

		attack(&both, i);
		assert_false(xstls_session_is_established(both.server.session));
		pair_free(&both);
	}
	assert_same_memory(before);
}

#define THOUSAND(attack)                                                                                               \
	static void thousand_##attack(void **state)                                                                        \
	{                                                                                                                  \
		(void)state;                                                                                                   \
		thousand(attack);                                                                                              \
	}

THOUSAND(plain_http)
THOUSAND(noise)
THOUSAND(half_a_hello)
THOUSAND(gone_in_the_middle)

static int set_up(void **state)
{
	(void)state;
	warm_up();
	server_config = config_server("ec256", 0);
	client_config = config_client(0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	xstls_config_release(server_config);
	xstls_config_release(client_config);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("1000 connections that speak plain HTTP leave no byte behind", thousand_plain_http),
	    TEST("1000 connections of noise leave no byte behind", thousand_noise),
	    TEST("1000 half-open connections leave no byte behind", thousand_half_a_hello),
	    TEST("1000 connections dropped in mid-handshake leave no byte behind", thousand_gone_in_the_middle),
	};

	return cmocka_run_group_tests_name("leak", tests, set_up, tear_down);
}
