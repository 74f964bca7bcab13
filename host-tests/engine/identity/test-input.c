// Row B3: what a file is, told before anything parses it.

#include "fixture.h"

#include <stdlib.h>

#include "tls-input.h"

static void assert_kind(const char *name, xstls_input_kind wanted, xstls_input_kind kind, bool is_pem)
{
	file_bytes file = identity_file(name);
	xstls_input input = xstls_input_identify(file.data, file.length, wanted);

	if (input.kind != kind || input.is_pem != is_pem)
		fail_msg("%s is told to be kind %d, PEM %d", name, input.kind, input.is_pem);
}

static void files_of_openssl(void **state)
{
	static const struct {
		const char *name;
		xstls_input_kind kind;
	} files[] = {
	    {"ec256.der", TLS_INPUT_CERTIFICATE},   {"rsa4096.der", TLS_INPUT_CERTIFICATE},
	    {"chained.der", TLS_INPUT_CERTIFICATE}, {"ec256.key.der", TLS_INPUT_KEY},
	    {"rsa2048.key.der", TLS_INPUT_KEY},     {"sec1.key.der", TLS_INPUT_KEY},
	    {"pkcs8.key.der", TLS_INPUT_KEY},       {"request.der", TLS_INPUT_REQUEST},
	    {"public.der", TLS_INPUT_PUBLIC_KEY},   {"encrypted.key.der", TLS_INPUT_ENCRYPTED_KEY},
	    {"bundle.p12", TLS_INPUT_PKCS12},       {"version1.der", TLS_INPUT_CERTIFICATE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		assert_kind(files[i].name, TLS_INPUT_CERTIFICATE, files[i].kind, false);
	assert_kind("ec256.pem", TLS_INPUT_CERTIFICATE, TLS_INPUT_CERTIFICATE, true);
	assert_kind("rsa2048.key", TLS_INPUT_CERTIFICATE, TLS_INPUT_KEY, true);
	assert_kind("request.pem", TLS_INPUT_CERTIFICATE, TLS_INPUT_REQUEST, true);
	assert_kind("public.pem", TLS_INPUT_KEY, TLS_INPUT_PUBLIC_KEY, true);
	assert_kind("encrypted.key", TLS_INPUT_KEY, TLS_INPUT_ENCRYPTED_KEY, true);
	assert_kind("traditional.key", TLS_INPUT_KEY, TLS_INPUT_ENCRYPTED_KEY, true);
}

static void several_blocks(void **state)
{
	(void)state;
	assert_kind("both.pem", TLS_INPUT_CERTIFICATE, TLS_INPUT_CERTIFICATE, true);
	assert_kind("both.pem", TLS_INPUT_KEY, TLS_INPUT_KEY, true);
	assert_kind("parameters.key", TLS_INPUT_KEY, TLS_INPUT_KEY, true);
}

static xstls_input_kind kind_of(const char *text)
{
	return xstls_input_identify((const uint8_t *)text, strlen(text), TLS_INPUT_CERTIFICATE).kind;
}

static void what_is_neither(void **state)
{
	(void)state;
	assert_int_equal(kind_of(""), TLS_INPUT_EMPTY);
	assert_int_equal(kind_of("hello"), TLS_INPUT_UNKNOWN);
	assert_int_equal(kind_of("-----BEGIN GARDEN-----\n-----END GARDEN-----"), TLS_INPUT_UNKNOWN);
	assert_int_equal(kind_of("-----BEGIN CERTIFICATE-----\nMIIB"), TLS_INPUT_CUT_OFF);
	assert_int_equal(kind_of("-----BEGIN CERTIFIC"), TLS_INPUT_CUT_OFF);
	assert_int_equal(kind_of("-----BEGIN OPENSSH PRIVATE KEY-----\n-----END OPENSSH PRIVATE KEY-----"),
	                 TLS_INPUT_OPENSSH_KEY);
	assert_int_equal(kind_of("0"), TLS_INPUT_CUT_OFF);
}

// Each part is exactly as long as it says, so that a sanitizer sees a read beyond it.
static void truncated_at_every_byte(void **state)
{
	static const char *const names[] = {"ec256.der", "ec256.key.der", "request.der", "encrypted.key.der", "both.pem"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		file_bytes file = identity_file(names[i]);

		for (size_t length = 1; length < file.length; length++) {
			uint8_t *part = malloc(length);
			xstls_input input;

			memcpy(part, file.data, length);
			input = xstls_input_identify(part, length, TLS_INPUT_CERTIFICATE);
			if (file.data[0] == 0x30)
				assert_int_equal(input.kind, TLS_INPUT_CUT_OFF);
			free(part);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B3 certificate, key, encrypted key, request, public key, PKCS #12: PEM and DER", files_of_openssl),
	    TEST("B3 of several PEM blocks the wanted one counts", several_blocks),
	    TEST("B3 words, nothing, halves", what_is_neither),
	    TEST("B3 truncated at every byte: CUT_OFF", truncated_at_every_byte),
	};

	return cmocka_run_group_tests_name("input", tests, NULL, NULL);
}
