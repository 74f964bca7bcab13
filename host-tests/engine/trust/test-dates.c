// Rows B15, C1, A5: certificates whose dates do not fit the clock, and what is said of them on the wire.

#include "fixture.h"
#include "pair.h"

#include "clock.h"
#include "keeping.h"

static const uint16_t versions[] = {TLS12, TLS13};

// Both ends show a certificate and trust the CA; only one asks for the other's.
static pair run(uint16_t version, bool server_asks)
{
	xstls_config *server = config_draft(&(config_options){.identity = {"ec256"}, .version = version, .ca = "ca.pem"});
	xstls_config *client = config_draft(&(config_options){.identity = {"ec256"}, .version = version, .ca = "ca.pem"});
	pair both;

	if (server_asks) {
		assert_int_equal(xstls_config_set_verify(server, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
		assert_int_equal(xstls_config_set_verify(client, TLS_CLIENT, TLS_VERIFY_NONE), TLS_E_NONE);
	}
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	both = pair_of(server, client);
	pair_run(&both, 0);
	return both;
}

static void assert_refused(uint64_t now, xstls_error code)
{
	clock_stop_at(now);
	for (size_t i = 0; i < 4; i++) {
		bool server_asks = i % 2;
		pair both = run(versions[i / 2], server_asks);
		const peer *judge = server_asks ? &both.server : &both.client;
		const peer *other = server_asks ? &both.client : &both.server;

		assert_failed(judge, code, TLS_ALERT_CERTIFICATE_EXPIRED, false);
		assert_failed(other, TLS_E_ALERT_RECEIVED, TLS_ALERT_CERTIFICATE_EXPIRED, true);
		pair_free(&both);
	}
	clock_stop_at(0);
}

static void not_yet_valid(void **state)
{
	(void)state;
	assert_refused(keeping_validity().from - 1000, TLS_E_CERTIFICATE_NOT_YET_VALID);
}

static void expired(void **state)
{
	(void)state;
	assert_refused(keeping_validity().to + 1000, TLS_E_CERTIFICATE_EXPIRED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B15 not valid yet: certificate_expired, both ways", not_yet_valid),
	    TEST("B15 expired: certificate_expired, both ways", expired),
	};

	return cmocka_run_group_tests_name("dates", tests, NULL, NULL);
}
