// Certificates, keys and chains in PEM and DER, as people give them. The first byte says what they are given as.

#include "fuzz.h"
#include "tls-certificate.h"
#include "tls-input.h"
#include "trust/tls-trust.h"

static void as_chain(xstls_config *config, const uint8_t *data, size_t length)
{
	file_bytes key = identity_file("ec256.key");

	xstls_config_add_identity(config, data, length, key.data, key.length);
}

static void as_key(xstls_config *config, const uint8_t *data, size_t length)
{
	file_bytes chain = identity_file("ec256.pem");
	uint8_t fingerprint[TLS_FINGERPRINT];

	xstls_config_add_identity(config, chain.data, chain.length, data, length);
	xstls_key_public_key(data, length, fingerprint);
}

static void as_ca(xstls_config *config, const uint8_t *data, size_t length)
{
	xstls_config_add_ca(config, data, length);
}

static void as_peer_chain(xstls_config *config, const uint8_t *data, size_t length)
{
	file_bytes ca = identity_file("ca.pem");

	if (xstls_config_add_ca(config, ca.data, ca.length) == TLS_E_NONE && xstls_config_seal(config) == TLS_E_NONE)
		xstls_config_verify_chain(config, data, length, TLS_USAGE_SERVER);
}

static void as_certificate(xstls_config *config, const uint8_t *data, size_t length)
{
	xstls_certificate certificate;
	uint8_t der[2048];
	size_t written;
	xstls_error error = xstls_certificate_read(data, length, &certificate);
	xstls_error copied = xstls_certificate_to_der(data, length, der, sizeof(der), &written);

	(void)config;
	fuzz_check(written <= sizeof(der), "a copy fits");
	fuzz_check(copied == TLS_E_ARGUMENT || (copied == TLS_E_NONE) == (error == TLS_E_NONE), "what is read is copied");
	xstls_certificate_check_chain(data, length);
}

static void as_anything(xstls_config *config, const uint8_t *data, size_t length)
{
	(void)config;
	xstls_input_identify(data, length, TLS_INPUT_CERTIFICATE);
	xstls_input_identify(data, length, TLS_INPUT_KEY);
}

static void (*const ways[])(xstls_config *config, const uint8_t *data, size_t length) = {
    as_chain, as_key, as_ca, as_peer_chain, as_certificate, as_anything,
};
enum { WAYS = sizeof(ways) / sizeof(ways[0]) };

static void run(const uint8_t *data, size_t length)
{
	xstls_config *config = xstls_config_new();

	ways[data[0] % WAYS](config, data + 1, length - 1);
	xstls_config_release(config);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
	fuzz_stop_clock();
	if (length)
		fuzz_check_leaks(run, data, length);
	return 0;
}

void fuzz_make_seeds(void)
{
	static const char *const files[] = {
	    "ec256.pem",   "ec256.der",       "rsa2048.pem",   "rsa2048.der",   "chained.pem",   "chained.der",
	    "address.pem", "no-names.pem",    "ca.pem",        "ec256.key",     "ec256.key.der", "sec1.key.der",
	    "rsa2048.key", "rsa2048.key.der", "pkcs8.key.der", "ec384.key.der", "encrypted.key", "encrypted.key.der",
	    "request.der", "public.der",      "version1.der",  "bundle.p12",    "both.pem",      "traditional.key",
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		file_bytes file = identity_file(files[i]);
		uint8_t input[16384];
		char name[64];

		memcpy(input + 1, file.data, file.length);
		for (int way = 0; way < WAYS; way++) {
			input[0] = (uint8_t)way;
			snprintf(name, sizeof(name), "%d %s", way, files[i]);
			fuzz_put_seed(name, input, 1 + file.length);
		}
	}
}
