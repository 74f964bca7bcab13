// Chains: the peer's, and one without a connection.

#include <stdlib.h>

#include "fixture.h"
#include "pair.h"
#include "tls-peer.h"
#include "tls-trust.h"

static void verified_chains(void **state)
{
	static const struct {
		const char *chain, *ca;
		tls_error code;
		int depth;
	} rows[] = {
	    {"chained.pem", "ca.pem", TLS_E_NONE, -1},
	    {"chained.der", "ca.pem", TLS_E_NONE, -1},
	    {"chained.pem", "ca-rsa.pem", TLS_E_CERTIFICATE_UNTRUSTED, 1},
	    {"expired.pem", "ca.pem", TLS_E_CERTIFICATE_EXPIRED, 0},
	    {"ec256.key", "ca.pem", TLS_E_CERTIFICATE_INVALID, -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		tls_config *store = config_make(&(config_options){.ca = rows[i].ca});
		file_bytes chain = identity_file(rows[i].chain);
		tls_chain_verdict verdict = tls_config_verify_chain(store, chain.data, chain.length);

		assert_int_equal(verdict.code, rows[i].code);
		assert_int_equal(verdict.depth, rows[i].depth);
		tls_config_release(store);
	}
}

static void peer_chain(void **state)
{
	pair both = pair_of(config_server("chained", 0), config_client(0));
	file_bytes chain = identity_file("chained.der");
	uint8_t *copy = malloc(chain.length);

	(void)state;
	assert_int_equal(tls_session_peer_chain(both.client.session, copy, chain.length), 0);
	assert_int_equal(tls_session_peer_verdict(both.client.session), TLS_E_CERTIFICATE_REQUIRED);
	pair_run(&both, 0);
	assert_int_equal(tls_session_peer_chain(both.client.session, copy, 1), chain.length);
	assert_int_equal(tls_session_peer_chain(both.client.session, copy, chain.length), chain.length);
	assert_memory_equal(copy, chain.data, chain.length);
	assert_int_equal(tls_session_peer_verdict(both.client.session), TLS_E_NONE);
	assert_int_equal(tls_session_peer_chain(both.server.session, NULL, 0), 0);
	free(copy);
	pair_free(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("D6 which certificate of a chain failed, and why", verified_chains),
	    TEST("D5 the peer's chain and the verdict on it", peer_chain),
	};

	return cmocka_run_group_tests_name("peer", tests, NULL, NULL);
}
