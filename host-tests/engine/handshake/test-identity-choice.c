// Row A3: an RSA and an EC identity side by side; the client gets the first that it can verify. The engine's own
// client offers everything, so the test narrows it through the configuration's mbedTLS half.

#include "fixture.h"
#include "pair.h"

#include "config/tls-config-state.h"

static const uint16_t only_rsa[] = {
    MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA256,
    MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256,
    MBEDTLS_TLS1_3_SIG_NONE,
};
static const uint16_t only_ec[] = {MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256, MBEDTLS_TLS1_3_SIG_NONE};
static const int only_rsa_suites[] = {
    MBEDTLS_TLS1_3_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    0,
};

static xstls_config *narrow_client(uint16_t version, const char *ca, const uint16_t *signatures, const int *suites)
{
	xstls_config *config = config_make(&(config_options){.ca = ca, .version = version});

	if (signatures)
		mbedtls_ssl_conf_sig_algs(&config->ssl[TLS_CLIENT], signatures);
	if (suites)
		mbedtls_ssl_conf_ciphersuites(&config->ssl[TLS_CLIENT], suites);
	return config;
}

static xstls_config *two_identities(const char *first, const char *second, uint16_t version)
{
	return config_make(&(config_options){.identity = {first, second}, .version = version});
}

// The client trusts only one of the two issuers, so that the handshake succeeds only with that identity.
static void expect_open(xstls_config *server, xstls_config *client, const char *suite_1_2)
{
	char suite[64];
	pair both = pair_of(server, client);

	pair_run(&both, 0);
	pair_assert_open(&both);
	assert_true(xstls_session_cipher(both.client.session, suite, sizeof(suite)));
	if (xstls_session_version(both.client.session) == TLS12)
		assert_string_equal(suite, suite_1_2);
	pair_free(&both);
}

static const char rsa_suite[] = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
static const char ec_suite[] = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";

static void what_the_client_offers_decides(void **state)
{
	static const uint16_t versions[] = {TLS12, TLS13};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		uint16_t version = versions[i];

		expect_open(two_identities("ec256", "rsa2048", version),
		            narrow_client(version, "ca-rsa.pem", only_rsa, only_rsa_suites), rsa_suite);
		expect_open(two_identities("ec256", "rsa2048", version), narrow_client(version, "ca-ec.pem", NULL, NULL),
		            ec_suite);
		expect_open(two_identities("rsa2048", "ec256", version), narrow_client(version, "ca-ec.pem", only_ec, NULL),
		            ec_suite);
	}
}

static void order_decides_within_a_kind(void **state)
{
	(void)state;
	expect_open(two_identities("ec256", "ec-by-rsa", TLS13), narrow_client(TLS13, "ca-ec.pem", NULL, NULL), "");
	expect_open(two_identities("ec-by-rsa", "ec256", TLS13), narrow_client(TLS13, "ca-rsa.pem", NULL, NULL), "");
	expect_open(two_identities("ec256", "ec-by-rsa", TLS12), narrow_client(TLS12, "ca-ec.pem", NULL, NULL), ec_suite);
	expect_open(two_identities("ec-by-rsa", "ec256", TLS12), narrow_client(TLS12, "ca-rsa.pem", NULL, NULL), ec_suite);
}

// TLS 1.3 goes by the client's order of signature algorithms, 1.2 by the server's order of suites: ECDSA first.
static void ec_comes_before_rsa(void **state)
{
	(void)state;
	expect_open(two_identities("rsa2048", "ec256", TLS13), narrow_client(TLS13, "ca-ec.pem", NULL, NULL), "");
	expect_open(two_identities("rsa2048", "ec256", TLS12), narrow_client(TLS12, "ca-ec.pem", NULL, NULL), ec_suite);
}

// All that the engine's server has is RSA, all that the client takes is ECDSA.
static void nothing_in_common(void **state)
{
	static const uint16_t versions[] = {TLS12, TLS13};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		pair both = pair_of(config_server("rsa2048", versions[i]), narrow_client(versions[i], "ca.pem", only_ec, NULL));

		pair_run(&both, 0);
		assert_failed(&both.server, TLS_E_HANDSHAKE_FAILURE, TLS_ALERT_HANDSHAKE_FAILURE, false);
		assert_failed(&both.client, TLS_E_ALERT_RECEIVED, TLS_ALERT_HANDSHAKE_FAILURE, true);
		pair_free(&both);
	}
}

// docs/client.md: of the algorithms of a server's demand over TLS 1.3 the first 19 are read, and a client whose key is
// of none of them goes no further.
static void the_first_19_of_a_demand(void **state)
{
	enum { READ = 19 };

	(void)state;
	for (size_t before = READ - 1; before <= READ; before++) {
		uint16_t signatures[READ + 2] = {0};
		xstls_config *server = config_draft(&(config_options){.identity = {"ec256"}, .ca = "ca.pem", .version = TLS13});
		pair both;

		for (size_t i = 0; i < before; i++)
			signatures[i] = MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA256;
		signatures[before] = MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256;
		assert_int_equal(xstls_config_set_verify(server, TLS_SERVER, TLS_VERIFY_OPTIONAL), TLS_E_NONE);
		assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
		mbedtls_ssl_conf_sig_algs(&server->ssl[TLS_SERVER], signatures);
		both = pair_of(server, config_make(&(config_options){.identity = {"ec256"}, .ca = "ca.pem", .version = TLS13}));
		pair_run(&both, 0);
		if (before < READ)
			pair_assert_open(&both);
		else
			assert_failed(&both.client, TLS_E_HANDSHAKE_FAILURE, TLS_ALERT_HANDSHAKE_FAILURE, false);
		pair_free(&both);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("A3 RSA and EC side by side: what the client offers decides", what_the_client_offers_decides),
	    TEST("A3 two EC identities side by side: the first given wins", order_decides_within_a_kind),
	    TEST("A3 RSA and EC side by side: EC when the client can verify both", ec_comes_before_rsa),
	    TEST("A3 no identity that the client can verify: handshake_failure", nothing_in_common),
	    TEST("A3 C1 a demand of TLS 1.3 of whose first 19 algorithms none is the client's: handshake_failure",
	         the_first_19_of_a_demand),
	};

	return cmocka_run_group_tests_name("identity choice", tests, NULL, NULL);
}
