// Row B14: the signature algorithms that are allowed are those of certificates too (RFC 8446 §4.2.3), but for the one
// that a trusted root has put on itself.

#include "fixture.h"
#include "pair.h"
#include "crypto/tls-digest.h"
#include "config/tls-policy.h"
#include "trust/tls-trust.h"

#include "mbedtls/x509_crt.h"

static const uint16_t versions[] = {TLS12, TLS13};

// Of the handshake, beside what the row allows.
#define EC "ecdsa_secp256r1_sha256"

typedef struct {
	const char *identity;
	const char *allowed[3];
	bool is_good;
} signature_row;

static const signature_row rows[] = {
    {"ec256", {EC}, true},
    {"ec-by-rsa", {EC}, false},
    {"ec-by-rsa", {EC, "rsa_pkcs1_sha256"}, true},
    {"ec-by-rsa", {EC, "rsa_pkcs1_sha384"}, false},
    {"ec-by-rsa", {EC, "rsa_pss_rsae_sha256"}, false},
    {"chained", {EC}, true},
    {"by-ca-384", {EC}, true},
    {"by-sha384", {EC}, false},
    {"by-sha384", {EC, "ecdsa_secp384r1_sha384"}, true},
    {"by-pss", {EC, "rsa_pkcs1_sha256"}, false},
    {"by-pss", {EC, "rsa_pss_rsae_sha256"}, true},
    {"by-pss", {0}, true},
};

static xstls_config *allow(xstls_config *draft, const signature_row *row)
{
	for (size_t i = 0; row->allowed[i]; i++)
		assert_int_equal(xstls_config_allow(draft, TLS_POLICY_SIGNATURES, row->allowed[i], strlen(row->allowed[i])),
		                 TLS_E_NONE);
	return draft;
}

static xstls_config *sealed(xstls_config *draft)
{
	assert_int_equal(xstls_config_seal(draft), TLS_E_NONE);
	return draft;
}

static void of_servers(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		const signature_row *at = &rows[i / 2];
		xstls_config *client = config_draft(&(config_options){.ca = "ca-all.pem", .version = versions[i % 2]});
		pair both = pair_of(config_server(at->identity, 0), sealed(allow(client, at)));

		pair_run(&both, 0);
		if (at->is_good)
			pair_assert_open(&both);
		else {
			assert_failed(&both.client, TLS_E_CERTIFICATE_WEAK, TLS_ALERT_UNSUPPORTED_CERTIFICATE, false);
			assert_failed(&both.server, TLS_E_ALERT_RECEIVED, TLS_ALERT_UNSUPPORTED_CERTIFICATE, true);
		}
		pair_free(&both);
	}
}

static void of_clients(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		const signature_row *at = &rows[i / 2];
		config_options options = {.identity = {"ec256"}, .ca = "ca-all.pem", .version = versions[i % 2]};
		xstls_config *server = allow(config_draft(&options), at), *client;
		pair both;

		assert_int_equal(xstls_config_set_verify(server, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
		options.identity[0] = at->identity;
		client = config_draft(&options);
		both = pair_of(sealed(server), sealed(client));
		pair_run(&both, 0);
		if (at->is_good)
			pair_assert_open(&both);
		else
			assert_failed(&both.server, TLS_E_CERTIFICATE_WEAK, TLS_ALERT_UNSUPPORTED_CERTIFICATE, false);
		pair_free(&both);
	}
}

// Who signed for a pinned key does not matter, nor how.
static void of_pinned_keys(void **state)
{
	file_bytes file = identity_file("ec-by-rsa.der");
	uint8_t pin[TLS_PIN_SIZE];
	mbedtls_x509_crt certificate;
	xstls_config *client = config_draft(&(config_options){0});
	pair both;

	(void)state;
	mbedtls_x509_crt_init(&certificate);
	assert_int_equal(mbedtls_x509_crt_parse_der(&certificate, file.data, file.length), 0);
	assert_true(xstls_digest(certificate.pk_raw.p, certificate.pk_raw.len, pin));
	mbedtls_x509_crt_free(&certificate);
	assert_int_equal(xstls_config_add_pin(client, pin, sizeof(pin)), TLS_E_NONE);
	both = pair_of(config_server("ec-by-rsa", 0), sealed(allow(client, &rows[0])));
	pair_run(&both, 0);
	pair_assert_open(&both);
	pair_free(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B14 a server's certificate by a signature that is not allowed is refused", of_servers),
	    TEST("B14 a client's certificate by a signature that is not allowed is refused", of_clients),
	    TEST("B14 a pinned key is trusted whatever the signature", of_pinned_keys),
	};

	return cmocka_run_group_tests_name("signatures", tests, NULL, NULL);
}
