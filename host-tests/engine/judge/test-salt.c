// RSASSA-PSS with salts of another length than RFC 8446 §4.2.3 has them: mbedTLS's own signatures are made so here.

#include "fixture.h"
#include "pair.h"

#include "mbedtls/rsa.h"

static int longer_salt; // bytes

int __wrap_mbedtls_rsa_rsassa_pss_sign(mbedtls_rsa_context *rsa, int (*random)(void *, unsigned char *, size_t),
                                       void *context, mbedtls_md_type_t kind, unsigned length,
                                       const unsigned char *hash, unsigned char *signature);

int __wrap_mbedtls_rsa_rsassa_pss_sign(mbedtls_rsa_context *rsa, int (*random)(void *, unsigned char *, size_t),
                                       void *context, mbedtls_md_type_t kind, unsigned length,
                                       const unsigned char *hash, unsigned char *signature)
{
	return mbedtls_rsa_rsassa_pss_sign_ext(rsa, random, context, kind, length, hash, (int)length + longer_salt,
	                                       signature);
}

// The client's key is RSA where the server asks for it, else the server's is.
static pair connect_by(bool asks, int longer)
{
	xstls_config *server =
	    config_draft(&(config_options){.identity = {asks ? "ec256" : "rsa2048"}, .ca = "ca.pem", .version = TLS13});
	xstls_config *client =
	    asks ? config_make(&(config_options){.identity = {"rsa2048"}, .ca = "ca-ec.pem", .version = TLS13})
	         : config_client(TLS13);
	pair both;

	if (asks)
		assert_int_equal(xstls_config_set_verify(server, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	both = pair_of(server, client);
	longer_salt = longer;
	pair_run(&both, 0);
	return both;
}

static void assert_judged(bool asks)
{
	static const int others[] = {-32, -1, 1, 32};
	pair both = connect_by(asks, 0);

	pair_assert_open(&both);
	pair_free(&both);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		both = connect_by(asks, others[i]);
		assert_failed(asks ? &both.server : &both.client, TLS_E_DECRYPT_ERROR, TLS_ALERT_DECRYPT_ERROR, false);
		assert_failed(asks ? &both.client : &both.server, TLS_E_ALERT_RECEIVED, TLS_ALERT_DECRYPT_ERROR, true);
		pair_free(&both);
	}
}

static void salt_of_a_server(void **state)
{
	(void)state;
	assert_judged(false);
}

static void salt_of_a_client(void **state)
{
	(void)state;
	assert_judged(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("C1 a server's RSASSA-PSS with a salt of another length: decrypt_error", salt_of_a_server),
	    TEST("A5 a client's RSASSA-PSS with a salt of another length: decrypt_error", salt_of_a_client),
	};

	return cmocka_run_group_tests_name("salt", tests, NULL, NULL);
}
