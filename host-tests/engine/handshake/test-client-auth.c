// Row A5: nobody is let in who has not shown what is asked for, by whatever way the handshake goes.

#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "fixture.h"
#include "keeping.h"

#include "clock.h"
#include "config/tls-config-state.h"
#include "handshake/tls-handshake.h"
#include "session/tls-session-state.h"
#include "session/tls-peer.h"
#include "resumption/tls-psk.h"
#include "x509/tls-x509-time.h"

static const uint16_t versions[] = {TLS12, TLS13};

static xstls_config *server_of(xstls_resumption *store, xstls_psks *psks, uint16_t version)
{
	xstls_config *server = config_draft(&(config_options){.identity = {"ec256"}, .version = version, .ca = "ca.pem"});

	assert_int_equal(xstls_config_set_verify(server, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
	if (store)
		assert_int_equal(xstls_config_set_resumption(server, store), TLS_E_NONE);
	if (psks)
		assert_int_equal(xstls_config_set_psks(server, psks), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	return server;
}

static xstls_config *client_of(const char *identity, uint16_t version)
{
	return config_make(&(config_options){.identity = {identity}, .version = version, .ca = "ca.pem"});
}

// What a HelloRetryRequest of TLS 1.3 leaves behind must not soften the demand of TLS 1.2: some versions of mbedTLS
// continue with a second ClientHello of that version. Here it is left behind by hand.
static void demand_follows_the_version(void **state)
{
	pair both = pair_of(server_of(NULL, NULL, 0), config_client(TLS12));
	xstls_session *server = both.server.session;

	(void)state;
	assert_true(xstls_handshake_begin(&server->handshake));
	server->handshake.offered_curves = UINT8_MAX;
	mbedtls_ssl_set_hs_authmode(server->handshake.ssl, MBEDTLS_SSL_VERIFY_OPTIONAL);
	pair_run(&both, 0);
	assert_failed(&both.server, TLS_E_CERTIFICATE_REQUIRED, TLS_ALERT_HANDSHAKE_FAILURE, false);
	pair_free(&both);
}

static uint64_t end_of(const char *name)
{
	file_bytes file = identity_file(name);
	mbedtls_x509_crt certificate;
	uint64_t end;

	mbedtls_x509_crt_init(&certificate);
	assert_int_equal(mbedtls_x509_crt_parse_der(&certificate, file.data, file.length), 0);
	end = (uint64_t)xstls_x509_seconds(&certificate.valid_to) * 1000;
	mbedtls_x509_crt_free(&certificate);
	return end;
}

// A session of TLS 1.2 is resumed with the certificate that it was made by, and not when that has expired since: the
// full handshake that is made then says so.
static void resumed_while_the_certificate_is_valid(void **state)
{
	xstls_resumption *store = xstls_resumption_new(8, TLS_RESUMPTION_MOST_LIFETIME, false);
	xstls_config *server = server_of(store, NULL, TLS12);
	pair both;
	kept session;
	bool taken;

	(void)state;
	clock_stop_at(end_of("brief.der") - 1000);
	both = keeping_connect_as(xstls_config_retain(server), client_of("brief", TLS12), "device.local", NULL, NULL);
	assert_resumed(&both, false);
	session = keeping_export(&both);
	pair_free(&both);
	both = keeping_connect_as(xstls_config_retain(server), client_of("brief", TLS12), "device.local", &session, NULL);
	assert_resumed(&both, true);
	assert_int_equal(xstls_session_peer_verdict(both.server.session), TLS_E_NONE);
	pair_free(&both);
	clock_advance(2000);
	both = keeping_connect_as(server, client_of("brief", TLS12), "device.local", &session, &taken);
	assert_true(taken);
	assert_failed(&both.server, TLS_E_CERTIFICATE_EXPIRED, TLS_ALERT_CERTIFICATE_EXPIRED, false);
	pair_free(&both);
	clock_stop_at(0);
	xstls_resumption_release(store);
}

static kept resumed_by_anyone;

static int give_anyone(void *cache, const unsigned char *id, size_t length, mbedtls_ssl_session *session)
{
	(void)cache, (void)id, (void)length;
	return mbedtls_ssl_session_load(session, resumed_by_anyone.bytes, resumed_by_anyone.length);
}

static int keep_nothing(void *cache, const unsigned char *id, size_t length, const mbedtls_ssl_session *session)
{
	(void)cache, (void)id, (void)length, (void)session;
	return 0;
}

// A cache that has forgotten for whom its sessions are: one without a certificate is resumed where one is asked for.
static void asked_for_again_at_the_end(void **state)
{
	xstls_resumption *store = xstls_resumption_new(8, 3600, false);
	xstls_config *asking = server_of(NULL, NULL, TLS12);
	pair first = pair_of(keeping_server(&ways[0], store), config_client(TLS12)), both;
	const mbedtls_ssl_session *session;

	(void)state;
	pair_run(&first, 0);
	pair_assert_open(&first);
	session = first.client.session->handshake.state.client->resumable;
	assert_int_equal(mbedtls_ssl_session_save(session, resumed_by_anyone.bytes, sizeof(resumed_by_anyone.bytes),
	                                          &resumed_by_anyone.length),
	                 0);
	mbedtls_ssl_conf_session_cache(&asking->ssl[TLS_SERVER], NULL, give_anyone, keep_nothing);
	both = pair_of(asking, config_client(TLS12));
	assert_true(xstls_handshake_begin(&both.client.session->handshake));
	assert_int_equal(mbedtls_ssl_set_session(both.client.session->handshake.ssl, session), 0);
	both.client.session->handshake.state.client->extended_master_secret = true;
	pair_run(&both, 0);
	assert_failed(&both.server, TLS_E_CERTIFICATE_REQUIRED, TLS_ALERT_HANDSHAKE_FAILURE, false);
	pair_free(&both);
	pair_free(&first);
	xstls_resumption_release(store);
}

static void by_pre_shared_key(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		xstls_psks *psks = xstls_psks_new();
		xstls_config *client = config_draft(&(config_options){.version = versions[i], .ca = "ca.pem"});
		pair both;

		assert_int_equal(xstls_psks_add(psks, (const uint8_t *)"me", 2, (const uint8_t *)"key", 3), TLS_E_NONE);
		assert_int_equal(xstls_config_set_client_psk(client, (const uint8_t *)"me", 2, (const uint8_t *)"key", 3),
		                 TLS_E_NONE);
		assert_int_equal(
		    xstls_config_allow(client, TLS_POLICY_SUITES, "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256", 43),
		    TLS_E_NONE);
		assert_int_equal(xstls_config_allow(client, TLS_POLICY_SUITES, "TLS_AES_128_GCM_SHA256", 22), TLS_E_NONE);
		assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
		both = pair_of(server_of(NULL, psks, versions[i]), client);
		pair_run(&both, 0);
		pair_assert_open(&both);
		assert_int_equal(xstls_session_peer_verdict(both.server.session), TLS_E_CERTIFICATE_REQUIRED);
		pair_free(&both);
		xstls_psks_release(psks);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("A5 the demand follows the version of each ClientHello", demand_follows_the_version),
	    TEST("A5 A4 resumed only while the client's certificate is valid", resumed_while_the_certificate_is_valid),
	    TEST("A5 whoever was let in without a certificate is found out at the end", asked_for_again_at_the_end),
	    TEST("A5 C4 a pre-shared key is enough", by_pre_shared_key),
	};

	return cmocka_run_group_tests_name("client auth", tests, NULL, NULL);
}
