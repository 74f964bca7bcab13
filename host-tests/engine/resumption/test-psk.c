// Row C4: pre-shared keys, server and client.

#include "fixture.h"
#include "pair.h"

#include "config/tls-config-state.h"
#include "resumption/tls-psk.h"

static const uint16_t versions[] = {TLS12, TLS13};
static uint8_t key[TLS_PSK_MOST_KEY] = {1, 2, 3};

static xstls_config *server_with(xstls_psks *psks, uint16_t version)
{
	xstls_config *config = config_draft(&(config_options){.version = version});

	assert_int_equal(xstls_config_set_psks(config, psks), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

static xstls_config *client_with(const char *identity, size_t key_length, uint16_t version)
{
	xstls_config *config = config_draft(&(config_options){.version = version});

	assert_int_equal(xstls_config_set_client_psk(config, (const uint8_t *)identity, strlen(identity), key, key_length),
	                 TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

static xstls_error add(xstls_psks *psks, const char *identity, size_t key_length)
{
	return xstls_psks_add(psks, (const uint8_t *)identity, strlen(identity), key, key_length);
}

static pair run(xstls_psks *psks, const char *identity, size_t key_length, uint16_t version)
{
	pair both = pair_of(server_with(psks, version), client_with(identity, key_length, version));

	pair_run(&both, 0);
	return both;
}

static void every_key_length(void **state)
{
	xstls_psks *psks = xstls_psks_new();

	(void)state;
	for (size_t length = 1; length <= TLS_PSK_MOST_KEY; length++) {
		assert_int_equal(add(psks, "alice", length), TLS_E_NONE);
		for (size_t i = 0; i < 2; i++) {
			pair both = run(psks, "alice", length, versions[i]);

			pair_assert_open(&both);
			assert_false(xstls_session_is_resumed(both.server.session));
			assert_false(xstls_session_is_resumed(both.client.session));
			pair_free(&both);
		}
	}
	assert_int_equal(xstls_psks_count(psks), 1);
	xstls_psks_release(psks);
}

static void unknown_is_as_wrong(void **state)
{
	xstls_psks *psks = xstls_psks_new();

	(void)state;
	add(psks, "alice", 16);
	for (size_t i = 0; i < 2; i++) {
		pair wrong = run(psks, "alice", 15, versions[i]), unknown = run(psks, "nobody", 16, versions[i]);
		xstls_failure failure = xstls_session_failure(wrong.server.session);

		assert_int_equal(failure.code, TLS_E_UNKNOWN_PSK_IDENTITY);
		assert_failed(&unknown.server, failure.code, failure.alert, false);
		assert_failed(&wrong.client, TLS_E_ALERT_RECEIVED, failure.alert, true);
		assert_failed(&unknown.client, TLS_E_ALERT_RECEIVED, failure.alert, true);
		pair_free(&wrong);
		pair_free(&unknown);
	}
	xstls_psks_release(psks);
}

// With psk_ke alone, which this server does not do: the key is named and never shown to be there.
static void named_and_not_used(void **state)
{
	config_options options = {.identity = {"ec256"}, .ca = "ca.pem", .version = TLS13};
	xstls_config *server = config_draft(&options), *client;
	xstls_psks *psks = xstls_psks_new();
	pair both;

	(void)state;
	add(psks, "alice", 16);
	assert_int_equal(xstls_config_set_psks(server, psks), TLS_E_NONE);
	assert_int_equal(xstls_config_set_verify(server, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	options.identity[0] = NULL;
	client = config_draft(&options);
	assert_int_equal(xstls_config_set_client_psk(client, (const uint8_t *)"alice", 5, key, 16), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	mbedtls_ssl_conf_tls13_key_exchange_modes(&client->ssl[TLS_CLIENT],
	                                          MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK |
	                                              MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL);
	both = pair_of(server, client);
	pair_run(&both, 0);
	assert_failed(&both.server, TLS_E_CERTIFICATE_REQUIRED, TLS_ALERT_CERTIFICATE_REQUIRED, false);
	pair_free(&both);
	xstls_psks_release(psks);
}

// An established session goes on, and the next one is refused.
static void revoke(void **state)
{
	xstls_psks *psks = xstls_psks_new();
	pair before, after;

	(void)state;
	add(psks, "alice", 16);
	add(psks, "bob", 32);
	before = run(psks, "alice", 16, TLS13);
	assert_true(xstls_psks_revoke(psks, (const uint8_t *)"alice", 5));
	assert_false(xstls_psks_revoke(psks, (const uint8_t *)"alice", 5));
	after = run(psks, "alice", 16, TLS13);
	assert_int_equal(xstls_session_status(after.server.session), TLS_FAIL);
	pair_free(&after);
	after = run(psks, "bob", 32, TLS12);
	pair_assert_open(&after);
	assert_int_equal(xstls_session_write(before.server.session, key, 3), 3);
	pair_run(&before, 0);
	assert_int_equal(queue_length(&before.client.plain), 3);
	pair_free(&after);
	pair_free(&before);
	xstls_psks_release(psks);
}

// Over TLS 1.3 the server has named the key before the client has shown it.
static void revoked_meanwhile(void **state)
{
	xstls_psks *psks = xstls_psks_new();
	pair both = pair_of(server_with(psks, TLS13), client_with("alice", 16, TLS13));
	size_t length;

	(void)state;
	add(psks, "alice", 16);
	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	assert_true(xstls_psks_revoke(psks, (const uint8_t *)"alice", 5));
	pair_run(&both, 0);
	assert_failed(&both.server, TLS_E_UNKNOWN_PSK_IDENTITY, TLS_ALERT_UNKNOWN_PSK_IDENTITY, false);
	assert_failed(&both.client, TLS_E_ALERT_RECEIVED, TLS_ALERT_UNKNOWN_PSK_IDENTITY, true);
	assert_null(xstls_session_psk_identity(both.server.session, &length));
	pair_free(&both);
	xstls_psks_release(psks);
}

static void assert_identity(const peer *end, const char *expected)
{
	size_t length;
	const uint8_t *identity = xstls_session_psk_identity(end->session, &length);

	assert_non_null(identity);
	assert_int_equal(length, strlen(expected));
	assert_memory_equal(identity, expected, length);
}

static void who_it_is(void **state)
{
	static const char *const names[] = {"alice", "b\xc3\xb6rk", "\xff\xfe"};
	xstls_psks *psks = xstls_psks_new();
	size_t length;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(add(psks, names[i], 16), TLS_E_NONE);
	for (size_t i = 0; i < 6; i++) {
		pair both = run(psks, names[i / 2], 16, versions[i % 2]);

		pair_assert_open(&both);
		assert_identity(&both.server, names[i / 2]);
		assert_null(xstls_session_psk_identity(both.client.session, &length));
		xstls_psks_revoke(psks, (const uint8_t *)names[i / 2], strlen(names[i / 2]));
		assert_null(xstls_session_psk_identity(both.server.session, &length));
		assert_int_equal(add(psks, names[i / 2], 16), TLS_E_NONE);
		pair_free(&both);
	}
	xstls_psks_release(psks);
}

static void out_of_range(void **state)
{
	static const uint8_t long_identity[TLS_PSK_MOST_IDENTITY + 1];
	xstls_psks *psks = xstls_psks_new();
	xstls_config *config = xstls_config_new();

	(void)state;
	assert_int_equal(add(psks, "", 16), TLS_E_ARGUMENT);
	assert_int_equal(add(psks, "alice", 0), TLS_E_ARGUMENT);
	assert_int_equal(add(psks, "alice", 33), TLS_E_ARGUMENT);
	assert_int_equal(xstls_psks_add(psks, long_identity, sizeof(long_identity), key, 16), TLS_E_ARGUMENT);
	assert_int_equal(xstls_psks_add(psks, long_identity, sizeof(long_identity) - 1, key, 16), TLS_E_NONE);
	assert_int_equal(xstls_config_set_client_psk(config, long_identity, sizeof(long_identity), key, 16),
	                 TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_set_client_psk(config, long_identity, 0, key, 16), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_set_client_psk(config, long_identity, 1, key, 33), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_set_client_psk(config, long_identity, 1, key, 0), TLS_E_ARGUMENT);
	xstls_config_release(config);
	xstls_psks_release(psks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("C4 keys of 1 to 32 bytes over TLS 1.2 and 1.3", every_key_length),
	    TEST("C4 an unknown identity fails as a wrong key does", unknown_is_as_wrong),
	    TEST("C4 A5 a key that a TLS 1.3 client names and does not use stands for nobody", named_and_not_used),
	    TEST("C4 Z4 a revoked identity: its sessions stay, new ones fail", revoke),
	    TEST("C4 Z4 an identity that is revoked during the handshake is refused", revoked_meanwhile),
	    TEST("C4 the server knows which identity it is", who_it_is),
	    TEST("C4 identities and keys out of range", out_of_range),
	};

	return cmocka_run_group_tests_name("psk", tests, NULL, NULL);
}
