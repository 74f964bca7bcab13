// A chain is taken whole or not at all, as PEM and as DER (its certificates end to end).

#include "fixture.h"
#include "pair.h"

#include <stdlib.h>

static tls_error add_bytes(file_bytes chain, file_bytes key)
{
	tls_config *config = tls_config_new();
	tls_error error = tls_config_add_identity(config, chain.data, chain.length, key.data, key.length);

	tls_config_release(config);
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

static void every_certificate_is_sent(void **state)
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
	    TEST("B3 half-good chain as PEM: CERTIFICATE_INVALID", half_good_pem_chain),
	    TEST("B3 half-good chain as DER: CERTIFICATE_INVALID", half_good_der_chain),
	    TEST("B3 every certificate of a DER chain is sent", every_certificate_is_sent),
	};

	return cmocka_run_group_tests_name("chains", tests, NULL, NULL);
}
