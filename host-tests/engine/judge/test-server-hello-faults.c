// What a client refuses in a ServerHello or a Certificate of TLS 1.2, though mbedTLS does not.

#include "edit.h"
#include "fixture.h"

enum {
	SERVER_NAME = 0,
	SUPPORTED_GROUPS = 10,
	POINT_FORMATS = 11,
	SIGNATURE_ALGORITHMS = 13,
	ALPN = 16,
	EXTENDED_MASTER_SECRET = 23,
	RENEGOTIATION_INFO = 0xff01,
	SUITE_BEFORE_EXTENSIONS = 3,
	SESSION_ID = 4 + 2 + 32,
};

static message begin(pair *both, xstls_config *server, xstls_config *client)
{
	message hello;

	*both = edit_begin(server, client, &hello);
	edit_put(&both->server, &hello);
	peer_take(&both->server, SIZE_MAX, 0);
	peer_send(&both->server, &both->client);
	return edit_take(&both->client);
}

// The server's answer with one more extension.
static void assert_answer(uint16_t type, const void *body, size_t length, bool twice, uint8_t alert)
{
	pair both;
	message hello = begin(&both, config_server("ec256", TLS12), config_client(TLS12));

	edit_drop_extension(&hello, type);
	edit_add_extension(&hello, type, body, length);
	if (twice)
		edit_add_extension(&hello, type, body, length);
	edit_put(&both.client, &hello);
	pair_run(&both, 0);
	if (alert == TLS_ALERT_NONE)
		assert_int_not_equal(xstls_session_failure(both.client.session).code, TLS_E_ILLEGAL_PARAMETER);
	else
		assert_failed(&both.client, TLS_E_ILLEGAL_PARAMETER, alert, false);
	pair_free(&both);
}

static void not_asked_for(void **state)
{
	(void)state;
	assert_answer(ALPN, "\0\x02\x01h", 4, false, TLS_ALERT_UNSUPPORTED_EXTENSION);
	assert_answer(SIGNATURE_ALGORITHMS, "\0\x02\x04\x03", 4, false, TLS_ALERT_UNSUPPORTED_EXTENSION);
	assert_answer(5, "", 0, false, TLS_ALERT_UNSUPPORTED_EXTENSION);
	assert_answer(22, "", 0, false, TLS_ALERT_UNSUPPORTED_EXTENSION);
	assert_answer(64, "", 0, false, TLS_ALERT_UNSUPPORTED_EXTENSION);
	assert_answer(0xfafa, "", 0, false, TLS_ALERT_UNSUPPORTED_EXTENSION);
}

static void asked_for(void **state)
{
	(void)state;
	assert_answer(SERVER_NAME, "", 0, false, TLS_ALERT_NONE);
	assert_answer(SUPPORTED_GROUPS, "\0\x02\0\x17", 4, false, TLS_ALERT_NONE);
	assert_answer(POINT_FORMATS, "\x02\x01\0", 3, false, TLS_ALERT_NONE);
}

static void twice(void **state)
{
	(void)state;
	assert_answer(SERVER_NAME, "", 0, true, TLS_ALERT_ILLEGAL_PARAMETER);
	assert_answer(EXTENDED_MASTER_SECRET, "", 0, true, TLS_ALERT_ILLEGAL_PARAMETER);
	assert_answer(RENEGOTIATION_INFO, "\0", 1, true, TLS_ALERT_ILLEGAL_PARAMETER);
}

static void no_uncompressed_points(void **state)
{
	(void)state;
	assert_answer(POINT_FORMATS, "\x01\x01", 2, false, TLS_ALERT_ILLEGAL_PARAMETER);
}

// A client that has not given its name as SNI is not answered about it.
static void no_name_was_sent(void **state)
{
	xstls_config *client = config_client(TLS12);
	pair both = pair_of(config_server("ec256", TLS12), xstls_config_retain(client));
	message hello;

	(void)state;
	xstls_session_free(both.client.session);
	both.client.session = xstls_session_new(client, TLS_CLIENT, "192.168.4.1");
	xstls_config_release(client);
	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	hello = edit_take(&both.client);
	edit_add_extension(&hello, SERVER_NAME, "", 0);
	edit_put(&both.client, &hello);
	peer_take(&both.client, SIZE_MAX, 0);
	assert_failed(&both.client, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_UNSUPPORTED_EXTENSION, false);
	pair_free(&both);
}

static void suite_of_another_key(void **state)
{
	static const struct {
		const char *identity;
		uint8_t suite;
	} rows[] = {{"ec256", 0x2f}, {"rsa2048", 0x2b}};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		pair both;
		xstls_config *client = config_make(&(config_options){.ca = i ? "ca-rsa.pem" : "ca-ec.pem", .version = TLS12});
		message hello = begin(&both, config_server(rows[i].identity, TLS12), client);
		uint8_t *suite = hello.bytes + edit_extensions(&hello) - SUITE_BEFORE_EXTENSIONS;

		assert_int_equal(suite[0], 0xc0);
		suite[1] = rows[i].suite;
		edit_put(&both.client, &hello);
		peer_take(&both.client, SIZE_MAX, 0);
		assert_failed(&both.client, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER, false);
		pair_free(&both);
	}
}

// Where certificates are verified, that finds it first.
static void key_on_another_curve(void **state)
{
	xstls_config *client = config_draft(&(config_options){.ca = "ca-ec.pem", .version = TLS12});
	xstls_config *server = config_server("ec256", TLS12);
	message hello;
	pair both;

	(void)state;
	assert_int_equal(xstls_config_allow(client, TLS_POLICY_GROUPS, "x25519", 6), TLS_E_NONE);
	assert_int_equal(xstls_config_set_verify(client, TLS_CLIENT, TLS_VERIFY_NONE), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	both = edit_begin(server, client, &hello);
	// The server is told of P-256 too, or it would refuse.
	assert_true(edit_drop_extension(&hello, SUPPORTED_GROUPS));
	edit_add_extension(&hello, SUPPORTED_GROUPS, "\0\x04\0\x1d\0\x17", 6);
	edit_run(&both, &hello);
	assert_failed(&both.client, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER, false);
	pair_free(&both);
}

// The session id of an offer of TLS 1.3 is that of no session.
static void id_of_no_session(void **state)
{
	xstls_config *server = config_server("ec256", TLS12);
	message hello, answer;
	pair both = edit_begin(server, config_client(0), &hello);

	(void)state;
	assert_int_equal(hello.bytes[SESSION_ID], 32);
	edit_put(&both.server, &hello);
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	answer = edit_take(&both.client);
	edit_splice(&answer, SESSION_ID, 1 + answer.bytes[SESSION_ID], hello.bytes + SESSION_ID, 33);
	// Its random ends with what says that the server could TLS 1.3, were it allowed to; it is not looked at here.
	edit_put(&both.client, &answer);
	peer_take(&both.client, SIZE_MAX, 0);
	assert_failed(&both.client, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER, false);
	pair_free(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("C1 an extension that was not asked for: unsupported_extension", not_asked_for),
	    TEST("C1 extensions that were asked for are taken", asked_for),
	    TEST("C1 an extension that comes twice: illegal_parameter", twice),
	    TEST("C1 points that cannot be uncompressed: illegal_parameter", no_uncompressed_points),
	    TEST("C1 an answer about a name that was not sent: unsupported_extension", no_name_was_sent),
	    TEST("C1 a suite that is for another kind of key: illegal_parameter", suite_of_another_key),
	    TEST("C1 a key on a curve that was not offered: illegal_parameter", key_on_another_curve),
	    TEST("C1 the session id of an offer of TLS 1.3 comes back over TLS 1.2: illegal_parameter", id_of_no_session),
	};

	return cmocka_run_group_tests_name("server hello faults", tests, NULL, NULL);
}
