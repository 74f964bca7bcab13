// Lists of a ClientHello with members of odd lengths, and as many as fit: decode_error, or a handshake.

#include "edit.h"
#include "fixture.h"

enum { ALPN = 16, PRE_SHARED_KEY = 41, PSK_MODES = 45, HASH = 32 };

static xstls_config *server_with_psk(uint16_t version)
{
	config_options options = {.identity = {"ec256"}, .version = version, .alpn = {"http/1.1"}};
	xstls_config *config = config_draft(&options);
	xstls_psks *psks = xstls_psks_new();

	assert_int_equal(xstls_psks_add(psks, (const uint8_t *)"me", 2, (const uint8_t *)"0123456789abcdef", 16),
	                 TLS_E_NONE);
	assert_int_equal(xstls_config_set_psks(config, psks), TLS_E_NONE);
	xstls_psks_release(psks);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

static xstls_config *client_of(uint16_t version)
{
	return config_make(&(config_options){.ca = "ca.pem", .version = version, .alpn = {"http/1.1"}});
}

static size_t put_number(uint8_t *at, size_t number)
{
	at[0] = (uint8_t)(number >> 8);
	at[1] = (uint8_t)number;
	return 2;
}

// So many identities of one length, each with a binder of another.
static size_t write_keys(uint8_t *into, size_t count, size_t length, size_t binder)
{
	size_t at = put_number(into, count * (2 + length + 4));

	for (size_t i = 0; i < count; i++) {
		at += put_number(into + at, length);
		memset(into + at, (int)('a' + i % 26), length + 4);
		at += length + 4;
	}
	at += put_number(into + at, count * (1 + binder));
	for (size_t i = 0; i < count; i++) {
		into[at++] = (uint8_t)binder;
		memset(into + at, (int)i, binder);
		at += binder;
	}
	return at;
}

static xstls_failure offer_keys(size_t count, size_t length, size_t binder)
{
	static uint8_t body[8192];
	message hello;
	pair both = edit_begin(server_with_psk(TLS13), client_of(TLS13), &hello);
	xstls_failure failure;

	edit_drop_extension(&hello, PSK_MODES);
	edit_add_extension(&hello, PSK_MODES, "\x01\x01", 2);
	edit_add_extension(&hello, PRE_SHARED_KEY, body, write_keys(body, count, length, binder));
	edit_run(&both, &hello);
	failure = xstls_session_failure(both.server.session);
	if (failure.code == TLS_E_NONE)
		pair_assert_open(&both);
	pair_free(&both);
	return failure;
}

// Those that nobody knows are passed over, for the server has a certificate.
static void identities_of_any_length(void **state)
{
	static const size_t lengths[] = {1, 2, 127, 128, 129, 255, 256, 1000, 4000, 7000};

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
		for (size_t count = 1; count * (lengths[i] + 40) < 7000; count *= 3)
			assert_int_equal(offer_keys(count, lengths[i], HASH).code, TLS_E_NONE);
}

// RFC 8446 §4.2.11: identity<1..2^16-1>, PskBinderEntry<32..255>.
static void identities_of_no_length(void **state)
{
	(void)state;
	assert_int_equal(offer_keys(1, 0, HASH).alert, TLS_ALERT_DECODE_ERROR);
	assert_int_equal(offer_keys(3, 0, HASH).alert, TLS_ALERT_DECODE_ERROR);
	assert_int_equal(offer_keys(1, 2, 0).alert, TLS_ALERT_DECODE_ERROR);
	assert_int_equal(offer_keys(1, 2, 31).alert, TLS_ALERT_DECODE_ERROR);
}

static xstls_failure offer_protocols(uint16_t version, const uint8_t *body, size_t length)
{
	message hello;
	pair both = edit_begin(server_with_psk(version), client_of(version), &hello);
	xstls_failure failure;

	assert_true(edit_drop_extension(&hello, ALPN));
	edit_add_extension(&hello, ALPN, body, length);
	edit_run(&both, &hello);
	failure = xstls_session_failure(both.server.session);
	if (failure.code == TLS_E_NONE)
		pair_assert_open(&both);
	pair_free(&both);
	return failure;
}

// The server's behind so many of one byte.
static void many_protocols(void **state)
{
	static uint8_t body[2 + 7000];
	const size_t before = 3000;

	(void)state;
	for (size_t i = 0; i < before; i++) {
		body[2 + 2 * i] = 1;
		body[3 + 2 * i] = (uint8_t)i;
	}
	memcpy(body + 2 + 2 * before, "\x08http/1.1", 9);
	put_number(body, 2 * before + 9);
	assert_int_equal(offer_protocols(TLS12, body, 2 + 2 * before + 9).code, TLS_E_NONE);
	assert_int_equal(offer_protocols(TLS13, body, 2 + 2 * before + 9).code, TLS_E_NONE);
}

static void malformed_protocols(void **state)
{
	static const struct {
		const char *body;
		uint8_t length;
	} rows[] = {
	    {"", 0}, {"\0", 1}, {"\0\0", 2}, {"\0\x01\0", 3}, {"\0\x0a\x08http/1.1\0", 12}, {"\0\x09\x09http/1.1", 11}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (uint16_t version = TLS12; version <= TLS13; version++)
			assert_int_equal(offer_protocols(version, (const uint8_t *)rows[i].body, rows[i].length).alert,
			                 TLS_ALERT_DECODE_ERROR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("C4 B6 identities of pre-shared keys of 1 to 7,000 bytes, and as many as fit, are passed over",
	         identities_of_any_length),
	    TEST("C4 B15 identities of no bytes, and binders of less than 32: decode_error", identities_of_no_length),
	    TEST("B5 the server's protocol behind 3,000 others", many_protocols),
	    TEST("B5 B15 malformed lists of protocols: decode_error", malformed_protocols),
	};

	return cmocka_run_group_tests_name("odd lists", tests, NULL, NULL);
}
