// Every cipher suite that a configuration can name carries plaintext both ways.

#include "fixture.h"
#include "pair.h"

#include "mbedtls/ssl.h"

#include "config/tls-policy.h"
#include "resumption/tls-psk.h"

static const uint8_t identity[] = "alice", key[] = {1, 2, 3, 4};

static bool begins_with(const char *name, const char *start)
{
	return strncmp(name, start, strlen(start)) == 0;
}

static void add_psk(xstls_config *server, xstls_config *client)
{
	xstls_psks *psks = xstls_psks_new();

	assert_int_equal(xstls_psks_add(psks, identity, 5, key, sizeof(key)), TLS_E_NONE);
	assert_int_equal(xstls_config_set_psks(server, psks), TLS_E_NONE);
	assert_int_equal(xstls_config_set_client_psk(client, identity, 5, key, sizeof(key)), TLS_E_NONE);
	xstls_psks_release(psks);
}

static xstls_config *only(xstls_config *config, const char *suite)
{
	assert_int_equal(xstls_config_allow(config, TLS_POLICY_SUITES, suite, strlen(suite)), TLS_E_NONE);
	return config;
}

static pair pair_with(const char *suite)
{
	const uint16_t version = strstr(suite, "_WITH_") ? TLS12 : TLS13;
	const char *server_identity = begins_with(suite, "TLS_ECDHE_RSA") ? "rsa2048" : "ec256";
	xstls_config *server =
	    only(config_draft(&(config_options){.identity = {server_identity}, .version = version}), suite);
	xstls_config *client = only(config_draft(&(config_options){.ca = "ca.pem", .version = version}), suite);

	if (strstr(suite, "PSK"))
		add_psk(server, client);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	return pair_of(server, client);
}

static void carry(pair *both, peer *from, peer *to)
{
	static const size_t lengths[] = {1, 15, 16, 17, 5000};
	static uint8_t data[5000];

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		memset(data, (int)i + 1, lengths[i]);
		assert_int_equal(xstls_session_write(from->session, data, lengths[i]), lengths[i]);
		pair_run(both, 0);
		assert_int_equal(queue_length(&to->plain), lengths[i]);
		assert_memory_equal(queue_front(&to->plain), data, lengths[i]);
		queue_drop(&to->plain, lengths[i]);
	}
}

static void every_suite(void **state)
{
	const char *suite;
	char agreed[64];
	size_t count = 0;

	(void)state;
	for (; (suite = xstls_policy_name(TLS_POLICY_SUITES, count)); count++) {
		pair both = pair_with(suite);

		pair_run(&both, 0);
		pair_assert_open(&both);
		assert_true(xstls_session_cipher(both.server.session, agreed, sizeof(agreed)));
		assert_string_equal(agreed, suite);
		carry(&both, &both.client, &both.server);
		carry(&both, &both.server, &both.client);
		xstls_session_close(both.server.session);
		pair_run(&both, 0);
		assert_true(xstls_session_is_ended_by_peer(both.client.session));
		pair_free(&both);
	}
	assert_int_equal(count, 19);
}

enum { MOST_NAMES = 2 };

static xstls_config *in_order(xstls_config *config, const char *const names[MOST_NAMES])
{
	for (size_t i = 0; i < MOST_NAMES && names[i]; i++)
		only(config, names[i]);
	return config;
}

static void assert_agreed(const char *const server_names[MOST_NAMES], const char *const client_names[MOST_NAMES],
                          bool psk, const char *expected)
{
	xstls_config *server =
	    in_order(config_draft(&(config_options){.identity = {"ec256"}, .version = TLS13}), server_names);
	xstls_config *client = in_order(config_draft(&(config_options){.ca = "ca.pem", .version = TLS13}), client_names);
	char agreed[64];
	pair both;

	if (psk)
		add_psk(server, client);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	both = pair_of(server, client);
	pair_run(&both, 0);
	pair_assert_open(&both);
	assert_true(xstls_session_cipher(both.server.session, agreed, sizeof(agreed)));
	assert_string_equal(agreed, expected);
	pair_free(&both);
}

static const char aes_128[] = "TLS_AES_128_GCM_SHA256", aes_256[] = "TLS_AES_256_GCM_SHA384",
                  chacha[] = "TLS_CHACHA20_POLY1305_SHA256";

static void order_of_the_server(void **state)
{
	(void)state;
	assert_agreed((const char *[]){chacha, aes_128}, (const char *[]){aes_128, chacha}, false, chacha);
	assert_agreed((const char *[]){aes_128, chacha}, (const char *[]){chacha, aes_128}, false, aes_128);
	assert_agreed((const char *[]){aes_128, aes_256}, (const char *[]){chacha, aes_256}, false, aes_256);
	// A pre-shared key is for suites with SHA-256 (RFC 8446 §4.2.11).
	assert_agreed((const char *[]){aes_256, aes_128}, (const char *[]){aes_256, aes_128}, true, aes_128);
	assert_agreed((const char *[]){aes_256, chacha}, (const char *[]){chacha, aes_256}, false, aes_256);
}

// Over TLS 1.2: what is agreed on by default has forward secrecy, with a pre-shared key too.
static void default_with_psk(void **state)
{
	(void)state;
	for (size_t i = 0; xstls_policy_suites_with_psk[i]; i++)
		assert_null(strstr(mbedtls_ssl_get_ciphersuite_name(xstls_policy_suites_with_psk[i]), "TLS-PSK"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B14 Z1 every cipher suite carries plaintext both ways", every_suite),
	    TEST("B14 the server's order of preference decides, over TLS 1.3 too", order_of_the_server),
	    TEST("B14 C4 no suite without forward secrecy by default", default_with_psk),
	};

	return cmocka_run_group_tests_name("suites", tests, NULL, NULL);
}
