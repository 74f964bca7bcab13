// A session has the cipher suite that it was made with (RFC 5246 §7.4.1.3, RFC 8446 §4.2.11): where that is not offered
// or not allowed any more, there is a full handshake.

#include "fixture.h"
#include "keeping.h"

#include "mbedtls/ssl.h"

#include "handshake/tls-handshake.h"
#include "session/tls-session-state.h"
#include "config/tls-policy.h"

static const char *const chacha[] = {
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    NULL,
};
static const char *const aes[] = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    NULL,
};

static xstls_config *with(xstls_config *draft, const char *const *suites)
{
	for (; *suites; suites++)
		assert_int_equal(xstls_config_allow(draft, TLS_POLICY_SUITES, *suites, strlen(*suites)), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(draft), TLS_E_NONE);
	return draft;
}

static xstls_config *server_with(const char *const *suites, uint16_t version, xstls_resumption *store)
{
	xstls_config *server = config_draft(&(config_options){.identity = {"ec256"}, .version = version});

	assert_int_equal(xstls_config_set_resumption(server, store), TLS_E_NONE);
	return with(server, suites);
}

static xstls_config *client_with(const char *const *suites)
{
	return with(config_draft(&(config_options){.ca = "ca.pem"}), suites);
}

static xstls_resumption *store_for(const resumption_way *way)
{
	return xstls_resumption_new(way->tickets ? 0 : 8, 3600, way->tickets);
}

static void server_changed(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		xstls_resumption *store = store_for(&ways[i]);
		kept session = keeping_begin(keeping_server(&ways[i], store), 0);
		pair both = keeping_connect(server_with(chacha, ways[i].version, store), 0, &session, NULL);

		assert_resumed(&both, false);
		pair_free(&both);
		both = keeping_connect(server_with(aes, ways[i].version, store), 0, &session, NULL);
		assert_resumed(&both, true);
		pair_free(&both);
		xstls_resumption_release(store);
	}
}

// A session offered from below the engine, whose own client would not.
static pair offer_anyway(xstls_config *server, xstls_config *client, xstls_session *from)
{
	pair both = pair_of(server, client);

	assert_true(xstls_handshake_begin(&both.client.session->handshake));
	assert_int_equal(
	    mbedtls_ssl_set_session(both.client.session->handshake.ssl, from->handshake.state.client->resumable), 0);
	both.client.session->handshake.state.client->extended_master_secret = true;
	pair_run(&both, 0);
	return both;
}

static void client_changed(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		xstls_resumption *store = store_for(&ways[i]);
		xstls_config *server = keeping_server(&ways[i], store);
		pair first = pair_of(xstls_config_retain(server), client_with(chacha)), both;

		pair_run(&first, 0);
		pair_assert_open(&first);
		both = offer_anyway(xstls_config_retain(server), client_with(aes), first.client.session);
		assert_resumed(&both, false);
		pair_free(&both);
		both = offer_anyway(server, client_with(chacha), first.client.session);
		assert_resumed(&both, true);
		pair_free(&both);
		pair_free(&first);
		xstls_resumption_release(store);
	}
}

static void passed_over(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		xstls_resumption *store = store_for(&ways[i]);
		xstls_config *server = keeping_server(&ways[i], store);
		kept session;
		bool taken;
		pair both = pair_of(xstls_config_retain(server), client_with(chacha));

		pair_run(&both, 0);
		session = keeping_export(&both);
		pair_free(&both);
		both = keeping_connect_as(xstls_config_retain(server), client_with(aes), "device.local", &session, &taken);
		assert_false(taken);
		assert_resumed(&both, false);
		pair_free(&both);
		both = keeping_connect_as(server, client_with(chacha), "device.local", &session, &taken);
		assert_true(taken);
		assert_resumed(&both, true);
		pair_free(&both);
		xstls_resumption_release(store);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("A4 B6 a session whose suite the server does not allow any more is not resumed", server_changed),
	    TEST("A4 B6 a session whose suite the client does not offer any more is not resumed", client_changed),
	    TEST("Z7 a client passes over a session whose suite it does not allow any more", passed_over),
	};

	return cmocka_run_group_tests_name("resumed suites", tests, NULL, NULL);
}
