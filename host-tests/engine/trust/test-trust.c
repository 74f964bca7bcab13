// Names, pins and dates.

#include "fixture.h"
#include "pair.h"
#include "crypto/tls-digest.h"
#include "trust/tls-trust.h"

#include "mbedtls/x509_crt.h"

static pair run_named(const char *identity, xstls_config *client, const char *name)
{
	pair both = {0};
	xstls_config *server = config_server(identity, TLS13);

	both.server.session = xstls_session_new(server, TLS_SERVER, NULL);
	both.client.session = xstls_session_new(client, TLS_CLIENT, name);
	xstls_config_release(server);
	xstls_config_release(client);
	pair_run(&both, 0);
	return both;
}

static void assert_name(const char *identity, const char *name, bool matches)
{
	pair both = run_named(identity, config_client(TLS13), name);

	if (matches)
		pair_assert_open(&both);
	else
		assert_failed(&both.client, TLS_E_CERTIFICATE_NAME, TLS_ALERT_BAD_CERTIFICATE, false);
	pair_free(&both);
}

static void names(void **state)
{
	(void)state;
	assert_name("ec256", "device.local", true);
	assert_name("ec256", "DEVICE.LOCAL", true);
	assert_name("ec256", "other.local", false);
	assert_name("ec256", "ec256", false);
	assert_name("no-names", "device.local", false);
	assert_name("address", "192.0.2.1", true);
	assert_name("address", "2001:db8::1", true);
	assert_name("address", "192.0.2.2", false);
	assert_name("address", "address", false);
}

static void name_ignored(void **state)
{
	xstls_config *client = config_draft(&(config_options){.ca = "ca.pem"});
	pair both;

	(void)state;
	assert_int_equal(xstls_config_ignore_name(client), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	both = run_named("no-names", client, "192.0.2.9");
	pair_assert_open(&both);
	pair_free(&both);
}

static void pin_of(const char *name, uint8_t *pin)
{
	file_bytes file = identity_file(name);
	mbedtls_x509_crt certificate;

	mbedtls_x509_crt_init(&certificate);
	assert_int_equal(mbedtls_x509_crt_parse_der(&certificate, file.data, file.length), 0);
	assert_true(xstls_digest(certificate.pk_raw.p, certificate.pk_raw.len, pin));
	mbedtls_x509_crt_free(&certificate);
}

static pair run_pinned(const char *identity, const char *pinned, const char *ca)
{
	xstls_config *client = config_draft(&(config_options){.ca = ca});
	uint8_t pin[TLS_PIN_SIZE], other[TLS_PIN_SIZE] = {0};

	pin_of(pinned, pin);
	assert_int_equal(xstls_config_add_pin(client, other, sizeof(other)), TLS_E_NONE);
	assert_int_equal(xstls_config_add_pin(client, pin, sizeof(pin)), TLS_E_NONE);
	assert_int_equal(xstls_config_add_pin(client, pin, 31), TLS_E_ARGUMENT);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	return run_named(identity, client, "device.local");
}

static void pins(void **state)
{
	static const struct {
		const char *identity, *pinned, *ca;
		xstls_error code;
	} rows[] = {
	    {"ec256", "ec256.der", NULL, TLS_E_NONE},
	    {"chained", "chained.der", NULL, TLS_E_NONE},
	    {"by-late", "by-late.der", NULL, TLS_E_NONE},
	    {"by-late", "by-late.der", "ca.pem", TLS_E_CERTIFICATE_EXPIRED},
	    {"ec256", "ec256.der", "ca.pem", TLS_E_NONE},
	    {"ec256", "ec384.der", NULL, TLS_E_CERTIFICATE_NOT_PINNED},
	    {"ec256", "ec384.der", "ca.pem", TLS_E_CERTIFICATE_NOT_PINNED},
	    {"ec256", "ca-ec.der", "ca.pem", TLS_E_CERTIFICATE_NOT_PINNED},
	    {"ec256", "ec256.der", "ca-rsa.pem", TLS_E_CERTIFICATE_UNTRUSTED},
	    {"expired", "expired.der", NULL, TLS_E_CERTIFICATE_EXPIRED},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		pair both = run_pinned(rows[i].identity, rows[i].pinned, rows[i].ca);

		assert_int_equal(xstls_session_failure(both.client.session).code, rows[i].code);
		pair_free(&both);
	}
}

static void clock_not_set(void **state)
{
	static const int64_t floors[] = {0, 1700000000, 99999999999};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		xstls_config *client = config_draft(&(config_options){.ca = "ca.pem"});
		pair both;

		assert_int_equal(xstls_config_set_clock_floor(client, floors[i]), TLS_E_NONE);
		assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
		both = run_named("expired", client, "device.local");
		if (i == 2)
			pair_assert_open(&both);
		else
			assert_failed(&both.client, TLS_E_CERTIFICATE_EXPIRED, TLS_ALERT_CERTIFICATE_EXPIRED, false);
		pair_free(&both);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("C1 the name must be a subjectAltName", names),
	    TEST("C1 unless it is to be ignored", name_ignored),
	    TEST("pinned keys, alone and with a CA", pins),
	    TEST("dates do not count while the clock is not set", clock_not_set),
	};

	return cmocka_run_group_tests_name("trust", tests, NULL, NULL);
}
