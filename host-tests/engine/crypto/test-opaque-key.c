// Row B9: private keys that PSA holds.

#include "fixture.h"
#include "pair.h"

#include "opaque-keys.h"

static const char *const names[] = {"ec256", "ec384", "rsa2048"};

static const key_policy pss = {PSA_ALG_RSA_PSS(PSA_ALG_ANY_HASH), 0, PSA_KEY_USAGE_SIGN_HASH};
static const key_policy pkcs1 = {PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH), 0, PSA_KEY_USAGE_SIGN_HASH};
static const key_policy no_signing = {PSA_ALG_ECDSA(PSA_ALG_ANY_HASH), 0, PSA_KEY_USAGE_VERIFY_HASH};
static const key_policy exchange = {PSA_ALG_ECDH, 0, PSA_KEY_USAGE_DERIVE};

static xstls_error add_to_new(const char *name, uint32_t id)
{
	xstls_config *config = xstls_config_new();
	xstls_error error = opaque_key_add(config, name, id);

	xstls_config_release(config);
	return error;
}

static void assert_serves(const char *name, uint32_t id, uint16_t version)
{
	xstls_config *server = config_draft(&(config_options){.version = version, .ca = "ca.pem"});
	xstls_config *client = config_draft(&(config_options){.version = version, .ca = "ca.pem"});
	pair both;

	assert_int_equal(opaque_key_add(server, name, id), TLS_E_NONE);
	assert_int_equal(opaque_key_add(client, name, id), TLS_E_NONE);
	assert_int_equal(xstls_config_set_verify(server, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	both = pair_of(server, client);
	pair_run(&both, 0);
	pair_assert_open(&both);
	pair_free(&both);
}

static void both_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		uint32_t id = opaque_signing_key(names[i]);

		assert_serves(names[i], id, TLS12);
		assert_serves(names[i], id, TLS13);
		// It is the owner's, and still there.
		assert_int_equal(psa_destroy_key(id), PSA_SUCCESS);
	}
}

static void mismatch(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		uint32_t id = opaque_signing_key(names[i]);

		assert_int_equal(add_to_new("ec-by-rsa", id), TLS_E_KEY_MISMATCH);
		assert_int_equal(add_to_new("rsa3072", id), TLS_E_KEY_MISMATCH);
		psa_destroy_key(id);
	}
}

static void not_found(void **state)
{
	uint32_t id = opaque_signing_key("ec256");

	(void)state;
	assert_int_equal(add_to_new("ec256", 0), TLS_E_KEY_NOT_FOUND);
	assert_int_equal(add_to_new("ec256", 1), TLS_E_KEY_NOT_FOUND);
	assert_int_equal(add_to_new("ec256", UINT32_MAX), TLS_E_KEY_NOT_FOUND);
	psa_destroy_key(id);
	assert_int_equal(add_to_new("ec256", id), TLS_E_KEY_NOT_FOUND);
}

static xstls_error add_with(const char *name, const key_policy *allowed, uint16_t lowest, uint16_t highest)
{
	xstls_config *config = xstls_config_new();
	uint32_t id = opaque_key(name, allowed);
	xstls_error error;

	xstls_config_set_versions(config, lowest, highest);
	error = opaque_key_add(config, name, id);
	xstls_config_release(config);
	psa_destroy_key(id);
	return error;
}

static void policies(void **state)
{
	(void)state;
	assert_int_equal(add_with("ec256", &no_signing, TLS12, TLS13), TLS_E_KEY_NOT_USABLE);
	assert_int_equal(add_with("ec256", &exchange, TLS12, TLS13), TLS_E_KEY_NOT_USABLE);
	assert_int_equal(add_with("rsa2048", &pss, TLS12, TLS13), TLS_E_KEY_NOT_USABLE);
	assert_int_equal(add_with("rsa2048", &pss, TLS13, TLS13), TLS_E_NONE);
	assert_int_equal(add_with("rsa2048", &pkcs1, TLS12, TLS13), TLS_E_KEY_NOT_USABLE);
	assert_int_equal(add_with("rsa2048", &pkcs1, TLS12, TLS12), TLS_E_NONE);
}

static void secret_key(void **state)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	mbedtls_svc_key_id_t id;

	(void)state;
	psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
	psa_set_key_bits(&attributes, 256);
	assert_int_equal(psa_generate_key(&attributes, &id), PSA_SUCCESS);
	assert_int_equal(add_to_new("ec256", id), TLS_E_KEY_NOT_USABLE);
	psa_destroy_key(id);
}

// The key is taken from under a configuration: handshakes fail, and nothing else does.
static void destroyed_later(void **state)
{
	uint32_t id = opaque_signing_key("ec256");
	xstls_config *server = config_draft(&(config_options){0});
	pair both;

	(void)state;
	assert_int_equal(opaque_key_add(server, "ec256", id), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	psa_destroy_key(id);
	for (uint16_t version = TLS12; version <= TLS13; version++) {
		both = pair_of(xstls_config_retain(server), config_client(version));
		pair_run(&both, 0);
		assert_int_equal(xstls_session_status(both.server.session), TLS_FAIL);
		assert_int_equal(xstls_session_failure(both.client.session).code, TLS_E_ALERT_RECEIVED);
		pair_free(&both);
	}
	xstls_config_release(server);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B9 EC and RSA keys for server and client, TLS 1.2 and 1.3", both_ends),
	    TEST("B9 a key that does not belong to the certificate: KEY_MISMATCH", mismatch),
	    TEST("B9 no such key: KEY_NOT_FOUND", not_found),
	    TEST("B9 a policy that does not let it sign: KEY_NOT_USABLE", policies),
	    TEST("B9 a secret key: KEY_NOT_USABLE", secret_key),
	    TEST("B9 a key that is destroyed later", destroyed_later),
	};

	return cmocka_run_group_tests_name("opaque key", tests, NULL, NULL);
}
