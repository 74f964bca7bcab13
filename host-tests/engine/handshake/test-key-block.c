// port/messages/tls-port-key-block.c: a handshake's key block is as long as its suite wants and is made once, and
// whatever else is derived is whole.

#include "fixture.h"
#include "pair.h"

#include "config/tls-config-state.h"
#include "mbedtls/ssl.h"
#include "mbedtls/ssl_ciphersuites.h"
#include "port/messages/tls-port-key-block.h"
#include "port/tls-port-crypto.h"
#include "psa/crypto.h"
#include "record/tls-hmac.h"
#include "record/tls-key-schedule.h"

enum { WHOLE = 256 };

#define PARAMETERS psa_key_derivation_operation_t *operation, uint8_t *output, size_t length

psa_status_t __real_psa_key_derivation_output_bytes(PARAMETERS);
psa_status_t __wrap_psa_key_derivation_output_bytes(PARAMETERS);
int __real_xstls_port_step(mbedtls_ssl_context *ssl, xstls_port_key_block *block);
int __wrap_xstls_port_step(mbedtls_ssl_context *ssl, xstls_port_key_block *block);

static unsigned whole, wanted;
static size_t of_suite;
static bool client_is_alone;

psa_status_t __wrap_psa_key_derivation_output_bytes(PARAMETERS)
{
	whole += length == WHOLE;
	wanted += length == of_suite;
	return __real_psa_key_derivation_output_bytes(operation, output, length);
}

// As where the linker has not been told, which is so with mbedTLS 4 unless a build says it.
int __wrap_xstls_port_step(mbedtls_ssl_context *ssl, xstls_port_key_block *block)
{
	if (client_is_alone && mbedtls_ssl_conf_get_endpoint(mbedtls_ssl_context_get_config(ssl)) == MBEDTLS_SSL_IS_CLIENT)
		return mbedtls_ssl_handshake_step(ssl);
	return __real_xstls_port_step(ssl, block);
}

static void send(pair *both, peer *from, peer *to)
{
	static const uint8_t text[] = "text";

	assert_int_equal(xstls_session_write(from->session, text, sizeof(text)), sizeof(text));
	pair_run(both, 0);
	assert_int_equal(queue_length(&to->plain), sizeof(text));
	assert_memory_equal(queue_front(&to->plain), text, sizeof(text));
}

static void handshake(const int *suites, uint16_t version)
{
	xstls_config *client = config_client(version);
	pair both;

	mbedtls_ssl_conf_ciphersuites(&client->ssl[TLS_CLIENT], suites);
	both = pair_of(config_server("ec256", version), client);
	whole = wanted = 0;
	pair_run(&both, 0);
	pair_assert_open(&both);
	send(&both, &both.client, &both.server);
	send(&both, &both.server, &both.client);
	pair_free(&both);
}

static const struct {
	int suites[2];
	size_t wanted;
} examples[] = {
    {{MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}, 2 * (16 + 12)},
    {{MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384}, 2 * (32 + 12)},
    {{MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256}, 2 * (32 + 12)},
};

static void in_handshakes(void **state)
{
	static const int of_1_3[] = {MBEDTLS_TLS1_3_AES_128_GCM_SHA256, 0};

	(void)state;
	client_is_alone = false;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		of_suite = examples[i].wanted;
		handshake(examples[i].suites, TLS12);
		assert_int_equal(whole, 0);
		// Of both ends.
		assert_int_equal(wanted, 2);
	}
	handshake(of_1_3, TLS13);
	assert_int_equal(whole, 0);
}

// What one end has been handed, the other has derived.
static void beside_own_derivation(void **state)
{
	(void)state;
	client_is_alone = true;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		of_suite = examples[i].wanted;
		handshake(examples[i].suites, TLS12);
		assert_int_equal(whole, 1);
		assert_int_equal(wanted, 1);
	}
	client_is_alone = false;
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
	    TEST("keys that are handed over are those that the other end derives", beside_own_derivation),
	    TEST("outside of one all that is asked for", outside),
	};

	return cmocka_run_group_tests_name("key block", tests, NULL, NULL);
}
