// Chains: the peer's, and one without a connection.

#include <stdlib.h>

#include "fixture.h"
#include "pair.h"
#include "session/tls-peer.h"
#include "trust/tls-trust.h"

static void verified_chains(void **state)
{
	static const struct {
		const char *chain, *ca;
		xstls_error code;
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
		xstls_config *store = config_make(&(config_options){.ca = rows[i].ca});
		file_bytes chain = identity_file(rows[i].chain);
		xstls_chain_verdict verdict = xstls_config_verify_chain(store, chain.data, chain.length, TLS_USAGE_SERVER);

		assert_int_equal(verdict.code, rows[i].code);
		assert_int_equal(verdict.depth, rows[i].depth);
		xstls_config_release(store);
	}
}

// leaf, intermediate and the one between them: mbedTLS alone looks for issuers behind a certificate only.
static void any_order(void **state)
{
	static const char *const orders[][4] = {
	    {"far.der", "second.der", "intermediate.der", "ca-ec.der"},
	    {"far.der", "intermediate.der", "second.der", "ca-ec.der"},
	    {"far.der", "ca-ec.der", "intermediate.der", "second.der"},
	    {"far.der", "ca-rsa.der", "intermediate.der", "second.der"},
	    {"far.der", "intermediate.der", "far.der", "second.der"},
	    {"far.der", "intermediate.der", "ec256.der", "second.der"},
	};
	xstls_config *store = config_make(&(config_options){.ca = "ca-ec.pem"});
	uint8_t chain[8192];

	(void)state;
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		size_t length = 0;

		for (size_t at = 0; at < 4; at++) {
			file_bytes file = identity_file(orders[i][at]);

			memcpy(chain + length, file.data, file.length);
			length += file.length;
		}
		assert_int_equal(xstls_config_verify_chain(store, chain, length, TLS_USAGE_SERVER).code, TLS_E_NONE);
	}
	xstls_config_release(store);
}

static void usages(void **state)
{
	static const struct {
		const char *certificate;
		bool server, client;
	} rows[] = {
	    {"ec256.pem", true, true},      {"for-servers.pem", true, false},    {"for-clients.pem", false, true},
	    {"for-mail.pem", false, false}, {"for-agreement.pem", false, false}, {"intermediate.pem", false, false},
	};
	xstls_config *store = config_make(&(config_options){.ca = "ca-ec.pem"});

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		file_bytes file = identity_file(rows[i].certificate);
		xstls_chain_verdict server = xstls_config_verify_chain(store, file.data, file.length, TLS_USAGE_SERVER);
		xstls_chain_verdict client = xstls_config_verify_chain(store, file.data, file.length, TLS_USAGE_CLIENT);

		assert_int_equal(server.code, rows[i].server ? TLS_E_NONE : TLS_E_CERTIFICATE_USAGE);
		assert_int_equal(server.depth, rows[i].server ? -1 : 0);
		assert_int_equal(client.code, rows[i].client ? TLS_E_NONE : TLS_E_CERTIFICATE_USAGE);
		assert_int_equal(xstls_config_verify_chain(store, file.data, file.length, TLS_USAGE_ANY).code, TLS_E_NONE);
	}
	xstls_config_release(store);
}

static void assert_one_by_one(const xstls_session *session, const file_bytes *chain)
{
	size_t at = 0, count = 0, length;
	const uint8_t *der;

	while ((length = xstls_session_peer_certificate(session, count, &der))) {
		assert_in_range(length, 1, chain->length - at);
		assert_memory_equal(der, chain->data + at, length);
		at += length;
		count++;
	}
	assert_int_equal(at, chain->length);
	assert_int_equal(count, 2);
	assert_int_equal(xstls_session_peer_certificate(session, SIZE_MAX, &der), 0);
}

static void peer_chain(void **state)
{
	pair both = pair_of(config_server("chained", 0), config_client(0));
	file_bytes chain = identity_file("chained.der");
	uint8_t *copy = malloc(chain.length);

	(void)state;
	assert_int_equal(xstls_session_peer_chain(both.client.session, copy, chain.length), 0);
	assert_int_equal(xstls_session_peer_verdict(both.client.session), TLS_E_CERTIFICATE_REQUIRED);
	pair_run(&both, 0);
	assert_int_equal(xstls_session_peer_chain(both.client.session, copy, 1), chain.length);
	assert_int_equal(xstls_session_peer_chain(both.client.session, copy, chain.length), chain.length);
	assert_memory_equal(copy, chain.data, chain.length);
	assert_one_by_one(both.client.session, &chain);
	assert_int_equal(xstls_session_peer_verdict(both.client.session), TLS_E_NONE);
	assert_int_equal(xstls_session_peer_chain(both.server.session, NULL, 0), 0);
	assert_int_equal(xstls_session_peer_certificate(both.server.session, 0, &(const uint8_t *){NULL}), 0);
	free(copy);
	pair_free(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("D6 which certificate of a chain failed, and why", verified_chains),
	    TEST("D6 what leads to the root may come in any order", any_order),
	    TEST("D6 a certificate that is for another use is not good", usages),
	    TEST("D5 the peer's chain and the verdict on it", peer_chain),
	};

	return cmocka_run_group_tests_name("peer", tests, NULL, NULL);
}
