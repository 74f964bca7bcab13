// Handshakes that one end refuses: the code at both ends, and one alert on the wire, not two.

#include "fixture.h"
#include "pair.h"

static const uint16_t versions[] = {TLS12, TLS13};

// A record that is an alert: by its type, or by its length when TLS 1.3 hides the type (an alert is two bytes and the
// inner type, padded, and a tag of 16; everything else in a client's flight is longer).
static size_t count_alerts(const byte_queue *wire)
{
	size_t alerts = 0;

	for (size_t at = 0; at < queue_length(wire);) {
		const uint8_t *record = queue_front(wire) + at;
		size_t length = (size_t)record[3] << 8 | record[4];

		alerts += record[0] == 21 || (record[0] == 23 && length <= 16 + 16);
		at += 5 + length;
	}
	return alerts;
}

static void client_refuses(const char *identity, const char *ca, const char *name, xstls_error code, uint8_t alert)
{
	for (size_t i = 0; i < 2; i++) {
		xstls_config *client = config_make(&(config_options){.ca = ca, .version = versions[i]});
		pair both = pair_of(config_server(identity, versions[i]), xstls_config_retain(client));

		xstls_session_free(both.client.session);
		both.client.session = xstls_session_new(client, TLS_CLIENT, name);
		xstls_config_release(client);
		xstls_session_step(both.client.session);
		do {
			peer_send(&both.client, &both.server);
			peer_take(&both.server, SIZE_MAX, 0);
			peer_send(&both.server, &both.client);
			peer_take(&both.client, SIZE_MAX, 0);
		} while (xstls_session_status(both.client.session) != TLS_FAIL);
		assert_failed(&both.client, code, alert, false);
		assert_true(xstls_session_failure(both.client.session).verify_flags != 0);
		peer_send(&both.client, &both.server);
		assert_int_equal(count_alerts(&both.server.wire), 1);
		peer_take(&both.server, SIZE_MAX, 0);
		assert_failed(&both.server, TLS_E_ALERT_RECEIVED, alert, true);
		pair_free(&both);
	}
}

static void unknown_issuer(void **state)
{
	(void)state;
	client_refuses("ec256", "ca-rsa.pem", "device.local", TLS_E_CERTIFICATE_UNTRUSTED, TLS_ALERT_UNKNOWN_CA);
}

static void wrong_name(void **state)
{
	(void)state;
	client_refuses("ec256", "ca.pem", "other.local", TLS_E_CERTIFICATE_NAME, TLS_ALERT_BAD_CERTIFICATE);
}

static void expired(void **state)
{
	(void)state;
	client_refuses("expired", "ca.pem", "device.local", TLS_E_CERTIFICATE_EXPIRED, TLS_ALERT_CERTIFICATE_EXPIRED);
}

// By now a TLS 1.3 client takes the handshake for finished.
static void no_client_certificate(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const uint8_t alert = versions[i] == TLS13 ? TLS_ALERT_CERTIFICATE_REQUIRED : TLS_ALERT_HANDSHAKE_FAILURE;
		xstls_config *server =
		    config_draft(&(config_options){.identity = {"ec256"}, .ca = "ca.pem", .version = versions[i]});
		pair both;

		assert_int_equal(xstls_config_set_verify(server, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
		assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
		both = pair_of(server, config_client(versions[i]));
		xstls_session_step(both.client.session);
		do {
			peer_send(&both.client, &both.server);
			peer_take(&both.server, SIZE_MAX, 0);
			if (xstls_session_status(both.server.session) == TLS_FAIL)
				break;
			peer_send(&both.server, &both.client);
			peer_take(&both.client, SIZE_MAX, 0);
		} while (1);
		assert_failed(&both.server, TLS_E_CERTIFICATE_REQUIRED, alert, false);
		peer_send(&both.server, &both.client);
		assert_int_equal(count_alerts(&both.client.wire), 1);
		peer_take(&both.client, SIZE_MAX, 0);
		assert_failed(&both.client, TLS_E_ALERT_RECEIVED, alert, true);
		pair_free(&both);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("C1 client refuses a certificate from an unknown issuer: unknown_ca, once", unknown_issuer),
	    TEST("C1 client refuses another host's certificate: bad_certificate, once", wrong_name),
	    TEST("C1 client refuses an expired certificate: certificate_expired, once", expired),
	    TEST("A5 server misses the client's certificate: certificate_required, over TLS 1.2 handshake_failure, once", no_client_certificate),
	};

	return cmocka_run_group_tests_name("refusal", tests, NULL, NULL);
}
