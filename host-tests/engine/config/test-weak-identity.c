// RFC 8446 §4.2.3, RFC 9155: an identity that peers would not believe is not taken unless that is asked for.

#include "fixture.h"
#include "pair.h"

static const char *const weak[] = {"rsa1024", "by-rsa1024", "by-sha1", "by-md5"};
static const char *const strong[] = {"ec256", "rsa2048", "chained", "by-sha384", "by-pss", "by-ca-384", "by-ca-sha1"};

static xstls_error add(xstls_config *config, const char *name)
{
	char file[32];
	file_bytes chain, key;

	snprintf(file, sizeof(file), "%s.pem", name);
	chain = identity_file(file);
	snprintf(file, sizeof(file), "%s.key", name);
	key = identity_file(file);
	return xstls_config_add_identity(config, chain.data, chain.length, key.data, key.length);
}

static void refused(void **state)
{
	xstls_config *config = xstls_config_new();

	(void)state;
	for (size_t i = 0; i < sizeof(weak) / sizeof(weak[0]); i++)
		assert_int_equal(add(config, weak[i]), TLS_E_CERTIFICATE_WEAK);
	for (size_t i = 0; i < sizeof(strong) / sizeof(strong[0]); i++)
		assert_int_equal(add(config, strong[i]), TLS_E_NONE);
	xstls_config_release(config);
}

static void allowed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(weak) / sizeof(weak[0]); i++) {
		xstls_config *config = xstls_config_new();
		pair both;

		assert_int_equal(add(config, weak[i]), TLS_E_CERTIFICATE_WEAK);
		assert_int_equal(xstls_config_allow_weak_identity(config), TLS_E_NONE);
		assert_int_equal(add(config, weak[i]), TLS_E_NONE);
		assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
		assert_int_equal(xstls_config_allow_weak_identity(config), TLS_E_STATE);
		// It serves, and a client of this engine does not believe it.
		both = pair_of(config, config_client(0));
		pair_run(&both, 0);
		assert_int_equal(xstls_session_status(both.client.session), TLS_FAIL);
		assert_true(xstls_session_failure(both.client.session).code == TLS_E_CERTIFICATE_WEAK ||
		            xstls_session_failure(both.client.session).code == TLS_E_CERTIFICATE_UNTRUSTED);
		pair_free(&both);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("A2 A3 an identity with RSA-1024, SHA-1 or MD5 is refused", refused),
	    TEST("A2 A3 and taken where it is allowed", allowed),
	};

	return cmocka_run_group_tests_name("weak identity", tests, NULL, NULL);
}
