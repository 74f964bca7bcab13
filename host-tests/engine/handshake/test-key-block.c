// port/library/tls-port-key-block.c: a handshake's key block is as long as its suite wants, and whatever else is
// derived is whole.

#include "fixture.h"
#include "pair.h"

#include "mbedtls/ssl.h"
#include "port/tls-port-crypto.h"
#include "psa/crypto.h"
#include "record/tls-hmac.h"
#include "record/tls-key-schedule.h"

enum { WHOLE = 256, WANTED = 96 };

#define PARAMETERS psa_key_derivation_operation_t *operation, uint8_t *output, size_t length

psa_status_t __real_psa_key_derivation_output_bytes(PARAMETERS);
psa_status_t __wrap_psa_key_derivation_output_bytes(PARAMETERS);

static unsigned whole, wanted;

psa_status_t __wrap_psa_key_derivation_output_bytes(PARAMETERS)
{
	whole += length == WHOLE;
	wanted += length == WANTED;
	return __real_psa_key_derivation_output_bytes(operation, output, length);
}

static void in_handshakes(void **state)
{
	(void)state;
	for (uint16_t version = TLS12; version <= TLS13; version++) {
		pair both = pair_of(config_server("ec256", version), config_client(version));

		whole = wanted = 0;
		pair_run(&both, 0);
		pair_assert_open(&both);
		pair_free(&both);
		assert_int_equal(whole, 0);
		// Of both ends.
		assert_int_equal(wanted, version == TLS12 ? 2 : 0);
	}
}

// Others may derive as many bytes, and get them all.
static void outside(void **state)
{
	uint8_t secret[48] = {1}, seed[64] = {2}, out[WHOLE], expected[WHOLE];
	xstls_hmac key;

	(void)state;
	assert_true(xstls_port_start());
	assert_int_equal(mbedtls_ssl_tls_prf(MBEDTLS_SSL_TLS_PRF_SHA256, secret, sizeof(secret), "key expansion", seed,
	                                     sizeof(seed), out, sizeof(out)),
	                 0);
	assert_true(xstls_hmac_begin(&key, PSA_ALG_SHA_256, secret, sizeof(secret)));
	assert_true(xstls_prf(&key, "key expansion", (xstls_hmac_span){seed, sizeof(seed)}, expected, sizeof(expected)));
	xstls_hmac_end(&key);
	assert_memory_equal(out, expected, sizeof(out));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("in a handshake as much as the suites want", in_handshakes),
	    TEST("outside of one all that is asked for", outside),
	};

	return cmocka_run_group_tests_name("key block", tests, NULL, NULL);
}
