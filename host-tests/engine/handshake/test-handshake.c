// Both protocol versions with every kind of identity that the seeds could be given, and more.

#include "fixture.h"
#include "pair.h"

static void handshake(const char *identity, uint16_t version, const char *suite_part)
{
	char suite[64];
	pair both = pair_of(config_server(identity, version), config_client(version));

	pair_run(&both, 0);
	pair_assert_open(&both);
	assert_int_equal(xstls_session_version(both.server.session), version);
	assert_int_equal(xstls_session_version(both.client.session), version);
	assert_true(xstls_session_cipher(both.server.session, suite, sizeof(suite)));
	assert_non_null(strstr(suite, suite_part));
	assert_null(xstls_session_alpn(both.server.session));
	pair_free(&both);
}

#define IDENTITY_TEST(name, identity, suite_1_2)                                                                       \
	static void name##_over_1_2(void **state)                                                                          \
	{                                                                                                                  \
		(void)state;                                                                                                   \
		handshake(identity, TLS12, suite_1_2);                                                                         \
	}                                                                                                                  \
	static void name##_over_1_3(void **state)                                                                          \
	{                                                                                                                  \
		(void)state;                                                                                                   \
		handshake(identity, TLS13, "TLS_AES_128_GCM_SHA256");                                                          \
	}

IDENTITY_TEST(ec256, "ec256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
IDENTITY_TEST(ec384, "ec384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
IDENTITY_TEST(ec_by_rsa, "ec-by-rsa", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
IDENTITY_TEST(chained, "chained", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
IDENTITY_TEST(rsa2048, "rsa2048", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
IDENTITY_TEST(rsa3072, "rsa3072", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
IDENTITY_TEST(rsa4096, "rsa4096", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")

static void both_ends_that_speak_both_choose_1_3(void **state)
{
	pair both = pair_of(config_server("ec256", 0), config_client(0));

	(void)state;
	pair_run(&both, 0);
	pair_assert_open(&both);
	assert_int_equal(xstls_session_version(both.server.session), TLS13);
	pair_free(&both);
}

static void no_common_version(void **state)
{
	pair both = pair_of(config_server("ec256", TLS13), config_client(TLS12));

	(void)state;
	pair_run(&both, 0);
	assert_failed(&both.server, TLS_E_PROTOCOL_VERSION, TLS_ALERT_PROTOCOL_VERSION, false);
	assert_failed(&both.client, TLS_E_ALERT_RECEIVED, TLS_ALERT_PROTOCOL_VERSION, true);
	pair_free(&both);
}

#define BOTH_VERSIONS(id, what, name)                                                                                  \
	TEST(id " TLS 1.2 " what, name##_over_1_2), TEST(id " TLS 1.3 " what, name##_over_1_3)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    BOTH_VERSIONS("A3", "with an EC P-256 identity", ec256),
	    BOTH_VERSIONS("A3", "with an EC P-384 identity", ec384),
	    BOTH_VERSIONS("A3", "with an EC certificate that RSA issued", ec_by_rsa),
	    BOTH_VERSIONS("A3", "with an intermediate certificate", chained),
	    BOTH_VERSIONS("A2", "with an RSA-2048 identity", rsa2048),
	    BOTH_VERSIONS("A2", "with an RSA-3072 identity", rsa3072),
	    BOTH_VERSIONS("A2", "with an RSA-4096 identity", rsa4096),
	    TEST("Z1 two ends that speak 1.2 and 1.3 choose 1.3", both_ends_that_speak_both_choose_1_3),
	    TEST("Z1 no version in common: protocol_version at both ends", no_common_version),
	};

	return cmocka_run_group_tests_name("handshake", tests, NULL, NULL);
}
