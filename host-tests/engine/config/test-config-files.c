// Certificate and key files that are damaged: every one is refused, and says whose fault it was.

#include "fixture.h"

#include <stdlib.h>

static xstls_error add_bytes(file_bytes chain, file_bytes key)
{
	xstls_config *config = xstls_config_new();
	xstls_error error = xstls_config_add_identity(config, chain.data, chain.length, key.data, key.length);

	xstls_config_release(config);
	return error;
}

static xstls_error add_ca(xstls_config *config, file_bytes ca)
{
	return xstls_config_add_ca(config, ca.data, ca.length);
}

// Exactly as long as it says, so that a sanitizer sees a parser step beyond it.
static file_bytes part_of(file_bytes whole, size_t length)
{
	file_bytes part = {malloc(length ? length : 1), length};

	memcpy(part.data, whole.data, length);
	return part;
}

static void truncated_at_every_byte(const char *chain_name, const char *key_name)
{
	file_bytes chain = identity_file(chain_name), key = identity_file(key_name);
	xstls_alloc_counters before = xstls_alloc_count();

	for (size_t length = 0; length < chain.length; length++) {
		file_bytes part = part_of(chain, length);
		xstls_error error = add_bytes(part, key);

		// The last newline of a PEM file is nobody's loss.
		if (length + 1 < chain.length || part.data[0] == 0x30)
			assert_int_equal(error, TLS_E_CERTIFICATE_INVALID);
		free(part.data);
	}
	for (size_t length = 0; length < key.length; length++) {
		file_bytes part = part_of(key, length);
		xstls_error error = add_bytes(chain, part);

		if (length + 1 < key.length || part.data[0] == 0x30)
			assert_int_equal(error, TLS_E_KEY_INVALID);
		free(part.data);
	}
	assert_same_memory(before);
}

static void truncated_pem(void **state)
{
	(void)state;
	warm_up();
	truncated_at_every_byte("ec256.pem", "ec256.key");
}

static void truncated_der(void **state)
{
	(void)state;
	warm_up();
	truncated_at_every_byte("ec256.der", "ec256.key.der");
}

static void nothing_at_all(void **state)
{
	const file_bytes empty = {NULL, 0};
	file_bytes chain = identity_file("ec256.pem");
	xstls_config *config = xstls_config_new();

	(void)state;
	assert_int_equal(add_bytes(empty, identity_file("ec256.key")), TLS_E_CERTIFICATE_INVALID);
	assert_int_equal(add_bytes(chain, empty), TLS_E_KEY_INVALID);
	assert_int_equal(add_ca(config, empty), TLS_E_CA_INVALID);
	xstls_config_release(config);
}

static void the_wrong_kind_of_file(void **state)
{
	const file_bytes words = {(uint8_t *)"not a certificate\n", 18};
	file_bytes chain = identity_file("ec256.pem"), key = identity_file("ec256.key");

	(void)state;
	assert_int_equal(add_bytes(words, key), TLS_E_CERTIFICATE_INVALID);
	assert_int_equal(add_bytes(chain, words), TLS_E_KEY_INVALID);
	assert_int_equal(add_bytes(key, key), TLS_E_CERTIFICATE_INVALID);
	assert_int_equal(add_bytes(chain, chain), TLS_E_KEY_INVALID);
}

static void half_a_trust_store(void **state)
{
	file_bytes ca = identity_file("ca.pem"), part = part_of(ca, ca.length - 100);
	xstls_config *config = xstls_config_new();

	(void)state;
	assert_int_equal(add_ca(config, part), TLS_E_CA_INVALID);
	assert_int_equal(xstls_config_seal(config), TLS_E_STATE);
	assert_int_equal(add_ca(config, ca), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_STATE);
	xstls_config_release(config);
	free(part.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B3 PEM truncated at every byte: CERTIFICATE_INVALID, KEY_INVALID", truncated_pem),
	    TEST("B3 DER truncated at every byte: CERTIFICATE_INVALID, KEY_INVALID", truncated_der),
	    TEST("B3 empty certificate, key, CA", nothing_at_all),
	    TEST("B3 words for a certificate, a key for a certificate and the reverse", the_wrong_kind_of_file),
	    TEST("half a trust store is never sealed, whatever is added later", half_a_trust_store),
	};

	return cmocka_run_group_tests_name("config files", tests, NULL, NULL);
}
