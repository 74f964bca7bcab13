// A chain is taken whole or not at all, as PEM and as DER (its certificates end to end).

#include "fixture.h"
#include "pair.h"

#include <stdlib.h>

#include "record/tls-record-limits.h"
#include "session/tls-peer.h"
#include "x509/tls-parse.h"

static xstls_error add_bytes(file_bytes chain, file_bytes key)
{
	xstls_config *config = xstls_config_new();
	xstls_error error = xstls_config_add_identity(config, chain.data, chain.length, key.data, key.length);

	xstls_config_release(config);
	return error;
}

// Exactly as long as it says, so that a sanitizer sees a parser step beyond it.
static file_bytes part_of(file_bytes whole, size_t length)
{
	file_bytes part = {malloc(length ? length : 1), length};

	memcpy(part.data, whole.data, length);
	return part;
}

// A chain that was cut anywhere is refused whole: a leaf without its issuer fails at the client, where nobody looks.
static void half_good_pem_chain(void **state)
{
	file_bytes chain = identity_file("chained.pem"), key = identity_file("chained.key");
	size_t first = (size_t)(strstr((char *)chain.data, "-----END") - (char *)chain.data) + 26;

	(void)state;
	assert_int_equal(add_bytes(chain, key), TLS_E_NONE);
	for (size_t length = first + 30; length + 1 < chain.length; length += 7) {
		file_bytes part = part_of(chain, length);

		assert_int_equal(add_bytes(part, key), TLS_E_CERTIFICATE_INVALID);
		free(part.data);
	}
	for (size_t at = first + 40; at < chain.length - 40; at += 50) {
		file_bytes part = part_of(chain, chain.length);

		part.data[at] = '!';
		assert_int_equal(add_bytes(part, key), TLS_E_CERTIFICATE_INVALID);
		free(part.data);
	}
}

static void half_good_der_chain(void **state)
{
	file_bytes chain = identity_file("chained.der"), key = identity_file("chained.key.der");
	file_bytes part = part_of(chain, chain.length - 1);

	(void)state;
	assert_int_equal(add_bytes(chain, key), TLS_E_NONE);
	assert_int_equal(add_bytes(part, key), TLS_E_CERTIFICATE_INVALID);
	free(part.data);
}

static void assert_is_sent(file_bytes chain, file_bytes key, uint16_t version)
{
	xstls_config *server = xstls_config_new();
	pair both;

	assert_int_equal(xstls_config_add_identity(server, chain.data, chain.length, key.data, key.length), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	both = pair_of(server, config_client(version));
	pair_run(&both, 0);
	pair_assert_open(&both);
	assert_int_equal(xstls_session_peer_chain(both.client.session, NULL, 0), chain.length);
	pair_free(&both);
}

static void every_certificate_is_sent(void **state)
{
	(void)state;
	assert_is_sent(identity_file("chained.der"), identity_file("chained.key.der"), 0);
}

// The leaf, and others behind it whose order and use nobody looks at, as close to `most` bytes as they get.
static file_bytes chain_of_about(size_t most)
{
	const file_bytes leaf = identity_file("ec256.der"), small = identity_file("ca-ec.der"),
	                 large = identity_file("ca-rsa.der");
	file_bytes chain = {malloc(most), leaf.length};
	size_t larges = 0, best = 0;

	for (size_t n = 0; 8 + 5 + leaf.length + n * (5 + large.length) <= most; n++) {
		size_t used = 8 + 5 + leaf.length + n * (5 + large.length);

		used += (most - used) / (5 + small.length) * (5 + small.length);
		if (used > best) {
			best = used;
			larges = n;
		}
	}
	memcpy(chain.data, leaf.data, leaf.length);
	for (size_t used = 8 + 5 + leaf.length; used<best; larges -= larges> 0) {
		const file_bytes next = larges ? large : small;

		memcpy(chain.data + chain.length, next.data, next.length);
		chain.length += next.length;
		used += 5 + next.length;
	}
	return chain;
}

static size_t count_of(file_bytes chain)
{
	size_t count = 0;

	for (size_t at = 0; at < chain.length; count++)
		at += 4 + (size_t)(chain.data[at + 2] << 8 | chain.data[at + 3]);
	return count;
}

// RFC 8446 §4.4.2: 8 bytes, and 5 for each certificate.
static size_t message_of(file_bytes chain)
{
	return 8 + 5 * count_of(chain) + chain.length;
}

static void assert_sent_about(size_t room)
{
	const file_bytes key = identity_file("ec256.key");
	file_bytes chain = chain_of_about(room);
	bool fits = message_of(chain) <= TLS_MESSAGE_MOST_SENT;

	assert_int_equal(chain.length <= xstls_parse_most_sent(count_of(chain)), fits);
	assert_int_equal(add_bytes(chain, key), fits ? TLS_E_NONE : TLS_E_CERTIFICATE_TOO_LONG);
	for (uint16_t version = TLS12; fits && version <= TLS13; version++)
		assert_is_sent(chain, key, version);
	free(chain.data);
}

static void more_than_could_ever_be_sent(void **state)
{
	(void)state;
	assert_int_equal(xstls_parse_most_sent(0), TLS_MESSAGE_MOST_SENT - 8);
	assert_int_equal(xstls_parse_most_sent(TLS_MESSAGE_MOST_SENT), 0);
}

// What mbedTLS has room for, more than that, and the bound.
static void as_long_as_can_be_sent(void **state)
{
	static const size_t bounds[] = {TLS_RECORD_MOST_SENT, 2 * TLS_RECORD_MOST_SENT, TLS_MESSAGE_MOST_SENT};
	const file_bytes small = identity_file("ca-ec.der");

	(void)state;
	for (size_t i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++)
		for (size_t room = bounds[i] - 40; room <= bounds[i] + small.length; room += i ? 20 : 1)
			assert_sent_about(room);
}

// A long one beside a short one of another kind: the client's offer decides, as it does among short ones.
static void long_beside_short(void **state)
{
	const file_bytes key = identity_file("ec256.key"), rsa = identity_file("rsa2048.pem"),
	                 rsa_key = identity_file("rsa2048.key");
	file_bytes chain = chain_of_about(9000);

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		const uint16_t version = i & 1 ? TLS12 : TLS13;
		const char *ca = i & 2 ? "ca-rsa.pem" : "ca-ec.pem",
		           *only = i & 2 ? "rsa_pss_rsae_sha256" : "ecdsa_secp256r1_sha256";
		xstls_config *server = xstls_config_new();
		xstls_config *client = config_draft(&(config_options){.ca = ca, .version = version});
		pair both;

		assert_int_equal(xstls_config_allow(client, TLS_POLICY_SIGNATURES, only, strlen(only)), TLS_E_NONE);
		if (i & 2)
			assert_int_equal(xstls_config_allow(client, TLS_POLICY_SIGNATURES, "rsa_pkcs1_sha256", 16), TLS_E_NONE);
		assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
		assert_int_equal(xstls_config_add_identity(server, rsa.data, rsa.length, rsa_key.data, rsa_key.length),
		                 TLS_E_NONE);
		assert_int_equal(xstls_config_add_identity(server, chain.data, chain.length, key.data, key.length), TLS_E_NONE);
		assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
		both = pair_of(server, client);
		pair_run(&both, i ? 0 : 1);
		pair_assert_open(&both);
		assert_int_equal(xstls_session_peer_chain(both.client.session, NULL, 0) == chain.length, !(i & 2));
		pair_free(&both);
	}
	free(chain.data);
}

// Longer than what mbedTLS can write, and where none is asked for.
static void long_chain_of_a_client(void **state)
{
	const file_bytes key = identity_file("ec256.key"), ca = identity_file("ca.pem");
	file_bytes chain = chain_of_about(TLS_RECORD_MOST_SENT + 1500);

	(void)state;
	for (int i = 0; i < 4; i++) {
		const uint16_t version = i & 1 ? TLS12 : TLS13;
		const bool is_asked = i & 2;
		xstls_config *server =
		    config_draft(&(config_options){.identity = {"ec256"}, .ca = "ca.pem", .version = version});
		xstls_config *client = xstls_config_new();
		pair both;

		if (is_asked)
			assert_int_equal(xstls_config_set_verify(server, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
		assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
		assert_int_equal(xstls_config_add_ca(client, ca.data, ca.length), TLS_E_NONE);
		assert_int_equal(xstls_config_add_identity(client, chain.data, chain.length, key.data, key.length), TLS_E_NONE);
		assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
		both = pair_of(server, client);
		pair_run(&both, 0);
		pair_assert_open(&both);
		assert_int_equal(xstls_session_peer_chain(both.server.session, NULL, 0), is_asked ? chain.length : 0);
		pair_free(&both);
	}
	free(chain.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B3 half-good chain as PEM: CERTIFICATE_INVALID", half_good_pem_chain),
	    TEST("B3 half-good chain as DER: CERTIFICATE_INVALID", half_good_der_chain),
	    TEST("B3 a chain that is too long to be sent is refused, any other is sent", as_long_as_can_be_sent),
	    TEST("B3 Z17 of more certificates than fit none can be sent", more_than_could_ever_be_sent),
	    TEST("A3 B3 a long chain beside a short one", long_beside_short),
	    TEST("C3 B3 a client's chain that is longer than a record of mbedTLS is sent", long_chain_of_a_client),
	    TEST("B3 every certificate of a DER chain is sent", every_certificate_is_sent),
	};

	return cmocka_run_group_tests_name("chains", tests, NULL, NULL);
}
