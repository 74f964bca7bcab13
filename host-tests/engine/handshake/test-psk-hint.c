// Row C4: the identity hint of a TLS 1.2 server (RFC 4279 §5.2).

#include "fixture.h"
#include "pair.h"

#include "resumption/tls-psk.h"

static const uint8_t key[] = {1, 2, 3, 4};
static const char plain[] = "TLS_PSK_WITH_AES_128_GCM_SHA256";
static const char ecdhe[] = "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256";

static pair run(const char *suite, const char *hint, uint16_t version)
{
	xstls_config *server = config_draft(&(config_options){.version = version});
	xstls_config *client = config_draft(&(config_options){.version = version});
	xstls_psks *psks = xstls_psks_new();
	pair both;

	assert_int_equal(xstls_psks_add(psks, (const uint8_t *)"me", 2, key, sizeof(key)), TLS_E_NONE);
	assert_int_equal(xstls_config_set_psks(server, psks), TLS_E_NONE);
	if (hint)
		assert_int_equal(xstls_config_set_psk_hint(server, (const uint8_t *)hint, strlen(hint)), TLS_E_NONE);
	assert_int_equal(xstls_config_set_client_psk(client, (const uint8_t *)"me", 2, key, sizeof(key)), TLS_E_NONE);
	if (suite) {
		assert_int_equal(xstls_config_allow(server, TLS_POLICY_SUITES, suite, strlen(suite)), TLS_E_NONE);
		assert_int_equal(xstls_config_allow(client, TLS_POLICY_SUITES, suite, strlen(suite)), TLS_E_NONE);
	}
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	both = pair_of(server, client);
	pair_run(&both, 0);
	pair_assert_open(&both);
	xstls_psks_release(psks);
	return both;
}

static void assert_hint(const char *suite, const char *hint, uint16_t version, const char *expected)
{
	pair both = run(suite, hint, version);
	const char *found = xstls_session_psk_hint(both.client.session);

	if (expected) {
		assert_non_null(found);
		assert_string_equal(found, expected);
	} else
		assert_null(found);
	assert_null(xstls_session_psk_hint(both.server.session));
	pair_free(&both);
}

static void is_told(void **state)
{
	char longest[TLS_PSK_MOST_IDENTITY + 1] = {0};

	(void)state;
	memset(longest, 'h', TLS_PSK_MOST_IDENTITY);
	assert_hint(plain, "h", TLS12, "h");
	assert_hint(plain, longest, TLS12, longest);
	assert_hint(plain, NULL, TLS12, NULL);
}

static void is_not_told(void **state)
{
	(void)state;
	assert_hint(ecdhe, "hint", TLS12, NULL);
	assert_hint(NULL, "hint", TLS13, NULL);
}

static void out_of_range(void **state)
{
	static const uint8_t zeros[TLS_PSK_MOST_IDENTITY + 1];
	xstls_config *config = xstls_config_new();
	uint8_t hint[TLS_PSK_MOST_IDENTITY + 1];

	(void)state;
	memset(hint, 'h', sizeof(hint));
	assert_int_equal(xstls_config_set_psk_hint(config, hint, 0), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_set_psk_hint(config, hint, sizeof(hint)), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_set_psk_hint(config, zeros, 1), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_set_psk_hint(config, hint, sizeof(hint) - 1), TLS_E_NONE);
	assert_int_equal(xstls_config_set_psk_hint(config, hint, 1), TLS_E_NONE);
	xstls_config_release(config);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("C4 a server's hint is told to the client", is_told),
	    TEST("C4 with ECDHE and over TLS 1.3 there is none", is_not_told),
	    TEST("C4 hints out of range", out_of_range),
	};

	return cmocka_run_group_tests_name("psk hint", tests, NULL, NULL);
}
