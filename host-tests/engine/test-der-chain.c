// A DER chain is its certificates end to end; the server must send all of them.

#include "fixture.h"
#include "pair.h"

static void intermediate_is_sent(void **state)
{
	file_bytes chain = identity_file("chained.der"), key = identity_file("chained.key.der");
	tls_config *server = tls_config_new();
	pair both;

	(void)state;
	assert_int_equal(tls_config_add_identity(server, chain.data, chain.length, key.data, key.length), TLS_E_NONE);
	assert_int_equal(tls_config_seal(server), TLS_E_NONE);
	both = pair_of(server, config_client(0));
	pair_run(&both, 0);
	pair_assert_open(&both);
	pair_free(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B3 every certificate of a DER chain is sent", intermediate_is_sent),
	};

	return cmocka_run_group_tests_name("DER chain", tests, NULL, NULL);
}
