// What the configuration takes and what it refuses, each with its code, and nothing left behind.

#include "fixture.h"
#include "pair.h"

static xstls_error add(xstls_config *config, const char *chain, const char *key)
{
	file_bytes chain_bytes = identity_file(chain), key_bytes = identity_file(key);

	return xstls_config_add_identity(config, chain_bytes.data, chain_bytes.length, key_bytes.data, key_bytes.length);
}

static void pem_and_der(void **state)
{
	static const char *const files[][2] = {
	    {"ec256.pem", "ec256.key"},     {"ec256.der", "ec256.key.der"},     {"ec256.pem", "ec256.key.der"},
	    {"rsa2048.pem", "rsa2048.key"}, {"rsa2048.der", "rsa2048.key.der"}, {"rsa2048.der", "rsa2048.key"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		xstls_config *server = xstls_config_new();
		pair both;

		assert_int_equal(add(server, files[i][0], files[i][1]), TLS_E_NONE);
		assert_int_equal(xstls_config_library_error(server), 0);
		assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
		both = pair_of(server, config_client(0));
		pair_run(&both, 0);
		pair_assert_open(&both);
		pair_free(&both);
	}
}

static void wrong_key(void **state)
{
	xstls_config *config = xstls_config_new();

	(void)state;
	assert_int_equal(add(config, "ec256.pem", "ec384.key"), TLS_E_KEY_MISMATCH);
	assert_int_equal(add(config, "ec256.pem", "ec-by-rsa.key"), TLS_E_KEY_MISMATCH);
	assert_int_equal(add(config, "ec256.pem", "rsa2048.key"), TLS_E_KEY_MISMATCH);
	assert_int_equal(add(config, "rsa2048.pem", "rsa3072.key"), TLS_E_KEY_MISMATCH);
	assert_int_equal(add(config, "rsa2048.pem", "ec256.key"), TLS_E_KEY_MISMATCH);
	assert_true(xstls_config_library_error(config) != 0);
	// What was refused leaves nothing behind.
	assert_int_equal(add(config, "ec256.pem", "ec256.key"), TLS_E_NONE);
	assert_int_equal(xstls_config_library_error(config), 0);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	xstls_config_release(config);
}

static void nothing_works_after_seal(void **state)
{
	xstls_config *config = config_server("ec256", 0);
	file_bytes ca = identity_file("ca.pem");

	(void)state;
	assert_int_equal(add(config, "rsa2048.pem", "rsa2048.key"), TLS_E_STATE);
	assert_int_equal(xstls_config_add_ca(config, ca.data, ca.length), TLS_E_STATE);
	assert_int_equal(xstls_config_add_alpn(config, (const uint8_t *)"h2", 2), TLS_E_STATE);
	assert_int_equal(xstls_config_set_versions(config, TLS12, TLS13), TLS_E_STATE);
	assert_int_equal(xstls_config_set_verify(config, TLS_SERVER, TLS_VERIFY_NONE), TLS_E_STATE);
	assert_int_equal(xstls_config_seal(config), TLS_E_STATE);
	xstls_config_release(config);
}

static void no_session_before_seal(void **state)
{
	xstls_config *config = xstls_config_new();

	(void)state;
	assert_null(xstls_session_new(config, TLS_SERVER, NULL));
	xstls_config_release(config);
	xstls_config_release(NULL);
}

static void versions_and_verify(void **state)
{
	static const uint16_t refused[][2] = {{0x0302, TLS13}, {TLS12, 0x0305}, {TLS13, TLS12}, {0, 0}, {0, TLS13}};
	xstls_config *config = xstls_config_new();

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		assert_int_equal(xstls_config_set_versions(config, refused[i][0], refused[i][1]), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_set_versions(config, TLS12, TLS12), TLS_E_NONE);
	assert_int_equal(xstls_config_set_versions(config, TLS13, TLS13), TLS_E_NONE);
	assert_int_equal(xstls_config_set_versions(config, TLS12, TLS13), TLS_E_NONE);
	assert_int_equal(xstls_config_set_verify(config, TLS_CLIENT, (xstls_verify)3), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_set_verify(config, (xstls_role)2, TLS_VERIFY_NONE), TLS_E_ARGUMENT);
	xstls_config_release(config);
}

static void alpn_lengths(void **state)
{
	uint8_t name[256];
	xstls_config *config = xstls_config_new();

	(void)state;
	memset(name, 'a', sizeof(name));
	assert_int_equal(xstls_config_add_alpn(config, name, 0), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_add_alpn(config, NULL, 0), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_add_alpn(config, name, 1), TLS_E_NONE);
	assert_int_equal(xstls_config_add_alpn(config, name, 255), TLS_E_NONE);
	assert_int_equal(xstls_config_add_alpn(config, name, 256), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_add_alpn(config, (const uint8_t *)"h\0", 2), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	xstls_config_release(config);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B3 certificate and key as PEM and as DER", pem_and_der),
	    TEST("a key that does not belong to the certificate: KEY_MISMATCH", wrong_key),
	    TEST("setters after seal: STATE", nothing_works_after_seal),
	    TEST("no session from a configuration that is not sealed", no_session_before_seal),
	    TEST("version and verification arguments out of range: ARGUMENT", versions_and_verify),
	    TEST("B5 ALPN names have 1 to 255 bytes and no NUL", alpn_lengths),
	};

	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
