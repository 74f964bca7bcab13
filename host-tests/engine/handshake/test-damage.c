// Rows B15, E9: what is wrong with a handshake has a name and the alert that says it; it is never an internal error.

#include "fixture.h"
#include "pair.h"

#include "config/tls-config-state.h"

static const uint16_t versions[] = {TLS12, TLS13};

// What `from` has to send, with one bit the wrong way; false when there is no such byte.
static bool send_damaged(peer *from, peer *to, size_t at)
{
	uint8_t flight[8192];
	size_t length = xstls_session_drain(from->session, flight, sizeof(flight));

	if (at >= length)
		return false;
	flight[at] ^= (uint8_t)(1 << at % 8);
	queue_put(&to->wire, flight, length);
	peer_take(to, SIZE_MAX, 0);
	return true;
}

static void assert_named(const peer *end, size_t at)
{
	xstls_failure failure = xstls_session_failure(end->session);

	if (failure.code == TLS_E_INTERNAL)
		fail_msg("byte %zu: code %d, alert %d, library -0x%X", at, failure.code, failure.alert,
		         (unsigned)-failure.library);
}

// What the failure says was sent is all that is sent: one alert, in the clear.
static void assert_told(peer *end, size_t at)
{
	xstls_failure failure = xstls_session_failure(end->session);
	uint8_t sent[64];
	size_t length = xstls_session_drain(end->session, sent, sizeof(sent));
	const uint8_t alert[] = {21, 3, 3, 0, 2, 2, failure.alert};

	if (xstls_session_status(end->session) != TLS_FAIL || failure.alert_received)
		return;
	if (length != sizeof(alert) || memcmp(sent, alert, sizeof(alert)) != 0)
		fail_msg("byte %zu: code %d says alert %d, and %zu bytes were sent", at, failure.code, failure.alert, length);
}

static pair mutual_pair(const char *identity, uint16_t version)
{
	config_options options = {.identity = {identity}, .ca = "ca.pem", .version = version};
	xstls_config *server = config_draft(&options);

	assert_int_equal(xstls_config_set_verify(server, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	return pair_of(server, config_make(&options));
}

// One byte in three, which is each field of the certificate and of the signature.
static void damage(const char *identity, bool to_server)
{
	bool is_within = true;

	for (size_t at = 5; is_within; at += 3) {
		pair both = mutual_pair(identity, TLS12);

		xstls_session_step(both.client.session);
		peer_send(&both.client, &both.server);
		peer_take(&both.server, SIZE_MAX, 0);
		if (to_server) {
			peer_send(&both.server, &both.client);
			peer_take(&both.client, SIZE_MAX, 0);
			is_within = send_damaged(&both.client, &both.server, at);
			assert_named(&both.server, at);
			assert_told(&both.server, at);
		} else {
			is_within = send_damaged(&both.server, &both.client, at);
			assert_named(&both.client, at);
			assert_told(&both.client, at);
		}
		pair_free(&both);
	}
}

static void damaged_answer(void **state)
{
	(void)state;
	damage("ec256", false);
}

static void damaged_client(void **state)
{
	(void)state;
	damage("ec256", true);
}

// The keys of the first two identities change places after they were checked.
static void sign_with_another_key(xstls_config *config)
{
	mbedtls_pk_context key = config->identities->key;

	config->identities->key = config->identities->next->key;
	config->identities->next->key = key;
}

static pair forging_pair(uint16_t version, bool by_client)
{
	config_options forger = {.identity = {"ec256", "expired"}, .ca = "ca.pem", .version = version};
	config_options victim = {.identity = {"ec256"}, .ca = "ca.pem", .version = version};
	xstls_config *server = config_draft(by_client ? &victim : &forger);
	xstls_config *client = config_make(by_client ? &forger : &victim);

	assert_int_equal(xstls_config_set_verify(server, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	sign_with_another_key(by_client ? client : server);
	return pair_of(server, client);
}

static void bad_signature(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		pair both = forging_pair(versions[i % 2], i >= 2);
		peer *victim = i >= 2 ? &both.server : &both.client;
		peer *forger = i >= 2 ? &both.client : &both.server;

		pair_run(&both, 0);
		assert_failed(victim, TLS_E_DECRYPT_ERROR, TLS_ALERT_DECRYPT_ERROR, false);
		assert_failed(forger, TLS_E_ALERT_RECEIVED, TLS_ALERT_DECRYPT_ERROR, true);
		pair_free(&both);
	}
}

// Without the extended master secret the keys do not hang on the whole of the hellos, and Finished alone does.
static void bad_finished(void **state)
{
	xstls_config *client = config_client(TLS12);
	uint8_t hello[2048];
	uint8_t *name;
	size_t length;
	pair both;

	(void)state;
	mbedtls_ssl_conf_extended_master_secret(&client->ssl[TLS_CLIENT], MBEDTLS_SSL_EXTENDED_MS_DISABLED);
	both = pair_of(config_server("ec256", TLS12), client);
	xstls_session_step(both.client.session);
	length = xstls_session_drain(both.client.session, hello, sizeof(hello));
	name = memmem(hello, length, "device.local", 12);
	assert_non_null(name);
	name[0] = 'D';
	queue_put(&both.server.wire, hello, length);
	pair_run(&both, 0);
	assert_failed(&both.server, TLS_E_DECRYPT_ERROR, TLS_ALERT_DECRYPT_ERROR, false);
	assert_failed(&both.client, TLS_E_ALERT_RECEIVED, TLS_ALERT_DECRYPT_ERROR, true);
	pair_free(&both);
}

static const uint8_t plain_close_notify[] = {21, 3, 3, 0, 2, 1, TLS_ALERT_CLOSE_NOTIFY};

static void close_notify_in_the_handshake(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		pair both = pair_of(config_server("ec256", versions[i % 2]), config_client(versions[i % 2]));
		peer *told = i >= 2 ? &both.server : &both.client;

		xstls_session_step(both.client.session);
		if (told == &both.server) {
			peer_send(&both.client, &both.server);
			peer_take(&both.server, SIZE_MAX, 0);
			peer_send(&both.server, &both.client);
		} else {
			peer_send(&both.client, &both.server);
		}
		queue_put(&told->wire, plain_close_notify, sizeof(plain_close_notify));
		queue_drop(&told->wire, queue_length(&told->wire) - sizeof(plain_close_notify));
		peer_take(told, SIZE_MAX, 0);
		assert_failed(told, TLS_E_ALERT_RECEIVED, TLS_ALERT_CLOSE_NOTIFY, true);
		assert_int_equal(xstls_session_pending(told->session), 0);
		pair_free(&both);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B15 E9 a server's flight with any bit damaged is no internal error", damaged_answer),
	    TEST("B15 E9 a client's flight with any bit damaged is no internal error", damaged_client),
	    TEST("B15 E9 a bad signature: decrypt_error, both versions, both ends", bad_signature),
	    TEST("B15 E9 a bad Finished: decrypt_error", bad_finished),
	    TEST("B15 E9 close_notify in the handshake: an alert that was received", close_notify_in_the_handshake),
	};

	return cmocka_run_group_tests_name("damage", tests, NULL, NULL);
}
