// RFC 5246 §7.4.4: a server names its CAs in its CertificateRequest, as many as there is room for.

#include "fixture.h"
#include "pair.h"

static xstls_config *server_of(uint16_t version, size_t count)
{
	xstls_config *config = config_draft(&(config_options){.identity = {"ec256"}, .version = version});
	file_bytes ca = identity_file("ca.pem");

	for (size_t i = 0; i < count; i++)
		assert_int_equal(xstls_config_add_ca(config, ca.data, ca.length), TLS_E_NONE);
	assert_int_equal(xstls_config_set_verify(config, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

static void any_number(void **state)
{
	// Each file has two certificates, whose names have some 20 bytes.
	static const size_t counts[] = {1, 50, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 110, 150};

	(void)state;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		for (uint16_t version = TLS12; version <= TLS13; version++) {
			config_options client = {.identity = {"chained"}, .ca = "ca.pem", .version = version};
			pair both = pair_of(server_of(version, counts[i]), config_make(&client));

			pair_run(&both, 0);
			pair_assert_open(&both);
			pair_free(&both);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("A5 a client is asked for a certificate by any number of CAs", any_number),
	};

	return cmocka_run_group_tests_name("ca names", tests, NULL, NULL);
}
