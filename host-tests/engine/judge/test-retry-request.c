// A client and the HelloRetryRequest: with a cookie (RFC 8446 §4.2.2), which no server of this engine sends, so that it
// is put in on the way; and what is refused.

#include "psa/crypto.h"

#include "edit.h"
#include "fixture.h"
#include "keeping.h"
#include "port/messages/tls-port-message.h"
#include "session/tls-client-session.h"
#include "session/tls-session-state.h"

enum { COOKIE = 44, KEY_SHARE = 51, LONGEST_REQUEST = 2048, EXTENSION_HEADER = 4 };

// The server wants a share of a group that the client does not begin with.
static xstls_config *picky_server(const char *suite, xstls_resumption *store)
{
	xstls_config *server = config_draft(&(config_options){.identity = {"ec256"}, .version = TLS13});

	assert_int_equal(xstls_config_allow(server, TLS_POLICY_GROUPS, "secp384r1", 9), TLS_E_NONE);
	assert_int_equal(xstls_config_allow(server, TLS_POLICY_SUITES, suite, strlen(suite)), TLS_E_NONE);
	// Of whom no certificate is asked, no long messages are expected.
	assert_int_equal(xstls_config_set_verify(server, TLS_SERVER, store ? TLS_VERIFY_NONE : TLS_VERIFY_OPTIONAL),
	                 TLS_E_NONE);
	if (store)
		assert_int_equal(xstls_config_set_resumption(server, store), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	return server;
}

// The server's request, with `*hello` the ClientHello that it answers.
static message request_of(pair *both, message *hello)
{
	xstls_session_step(both->client.session);
	peer_send(&both->client, &both->server);
	*hello = edit_take(&both->server);
	edit_put(&both->server, hello);
	peer_take(&both->server, SIZE_MAX, 0);
	peer_send(&both->server, &both->client);
	return edit_take(&both->client);
}

// Has the server take the request for its own.
static void send_request(pair *both, const message *hello, const message *request, psa_algorithm_t hash)
{
	mbedtls_ssl_context *ssl = both->server.session->handshake.ssl;
	uint8_t first[4 + 48] = {254, 0, 0, (uint8_t)PSA_HASH_LENGTH(hash)};
	size_t length;

	assert_int_equal(psa_hash_compute(hash, hello->bytes, hello->length, first + 4, 48, &length), PSA_SUCCESS);
	assert_int_equal(xstls_port_begin_transcript(ssl, first, 4 + length), 0);
	assert_int_equal(xstls_port_add_to_transcript(ssl, request->bytes, request->length), 0);
	edit_put(&both->client, request);
}

static void add_cookie(message *request, size_t length)
{
	uint8_t body[LONGEST_REQUEST] = {(uint8_t)(length >> 8), (uint8_t)length, 'c'};

	edit_add_extension(request, COOKIE, body, 2 + length);
}

static void with_cookie(void **state)
{
	static const struct {
		const char *suite;
		psa_algorithm_t hash;
	} rows[] = {{"TLS_AES_128_GCM_SHA256", PSA_ALG_SHA_256}, {"TLS_AES_256_GCM_SHA384", PSA_ALG_SHA_384}};

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (size_t chunk = 0; chunk <= 7; chunk++) {
			pair both = pair_of(picky_server(rows[i].suite, NULL), config_client(0));
			message hello, request = request_of(&both, &hello);

			add_cookie(&request, 1 + 40 * chunk);
			send_request(&both, &hello, &request, rows[i].hash);
			pair_run(&both, chunk);
			pair_assert_open(&both);
			pair_free(&both);
		}
}

// The binder of what is offered again has to be that of a message with the cookie.
static void with_cookie_a_session_is_resumed(void **state)
{
	static const struct {
		const char *suite;
		psa_algorithm_t hash;
	} rows[] = {{"TLS_AES_128_GCM_SHA256", PSA_ALG_SHA_256}, {"TLS_AES_256_GCM_SHA384", PSA_ALG_SHA_384}};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		xstls_resumption *store = xstls_resumption_new(0, 3600, true);
		xstls_config *server = picky_server(rows[i].suite, store);
		kept session = keeping_begin(xstls_config_retain(server), TLS13);
		pair both = pair_of(server, config_client(TLS13));
		message hello, request;

		assert_true(xstls_session_restore(both.client.session, session.bytes, session.length));
		request = request_of(&both, &hello);
		add_cookie(&request, 16);
		send_request(&both, &hello, &request, rows[i].hash);
		pair_run(&both, 0);
		assert_resumed(&both, true);
		pair_free(&both);
		xstls_resumption_release(store);
	}
}

static void longest(void **state)
{
	(void)state;
	for (size_t over = 0; over < 2; over++) {
		pair both = pair_of(picky_server("TLS_AES_128_GCM_SHA256", NULL), config_client(TLS13));
		message hello, request = request_of(&both, &hello);

		add_cookie(&request, LONGEST_REQUEST - request.length - EXTENSION_HEADER - 2 + over);
		send_request(&both, &hello, &request, PSA_ALG_SHA_256);
		pair_run(&both, 0);
		if (over == 0)
			pair_assert_open(&both);
		else
			assert_failed(&both.client, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_UNSUPPORTED_EXTENSION, false);
		pair_free(&both);
	}
}

typedef enum { NOTHING, TWICE, UNKNOWN, EMPTY_COOKIE } fault;

static void spoil(message *request, fault what)
{
	if (what == NOTHING)
		assert_true(edit_drop_extension(request, KEY_SHARE));
	else if (what == TWICE)
		edit_add_extension(request, KEY_SHARE, "\0\x18", 2);
	else if (what == UNKNOWN)
		edit_add_extension(request, 0x1234, "", 0);
	else
		edit_add_extension(request, COOKIE, "\0\0", 2);
}

static void faults(void **state)
{
	static const struct {
		fault what;
		xstls_error code;
		uint8_t alert;
	} rows[] = {
	    {NOTHING, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER},
	    {TWICE, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER},
	    {UNKNOWN, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_UNSUPPORTED_EXTENSION},
	    {EMPTY_COOKIE, TLS_E_DECODE_ERROR, TLS_ALERT_DECODE_ERROR},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		pair both = pair_of(picky_server("TLS_AES_128_GCM_SHA256", NULL), config_client(TLS13));
		message hello, request = request_of(&both, &hello);

		spoil(&request, rows[i].what);
		edit_put(&both.client, &request);
		peer_take(&both.client, SIZE_MAX, 0);
		assert_failed(&both.client, rows[i].code, rows[i].alert, false);
		peer_send(&both.client, &both.server);
		peer_take(&both.server, SIZE_MAX, 0);
		assert_failed(&both.server, TLS_E_ALERT_RECEIVED, rows[i].alert, true);
		pair_free(&both);
	}
}

// It has nothing behind its random: all of it is there, so it is judged without waiting for more.
static void ends_with_random(void **state)
{
	enum { UP_TO_RANDOM = 4 + 2 + 32 };
	pair both = pair_of(picky_server("TLS_AES_128_GCM_SHA256", NULL), config_client(TLS13));
	message hello, request = request_of(&both, &hello);

	(void)state;
	edit_splice(&request, UP_TO_RANDOM, request.length - UP_TO_RANDOM, NULL, 0);
	edit_put(&both.client, &request);
	peer_take(&both.client, SIZE_MAX, 0);
	assert_failed(&both.client, TLS_E_DECODE_ERROR, TLS_ALERT_DECODE_ERROR, false);
	pair_free(&both);
}

// RFC 8446 §5: change_cipher_spec may come as soon as the ClientHello has gone, and is passed over; not without end.
static void change_cipher_spec_first(void **state)
{
	static const uint8_t record[] = {20, 3, 3, 0, 1, 1};
	static const size_t counts[] = {1, 2, 32, 33};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(counts) / sizeof(counts[0]); i++) {
		pair both = pair_of(config_server("ec256", TLS13), config_client(TLS13));

		for (size_t j = 0; j < counts[i / 2]; j++)
			queue_put(&both.client.wire, record, sizeof(record));
		xstls_session_step(both.client.session);
		peer_take(&both.client, SIZE_MAX, i % 2);
		pair_run(&both, i % 2);
		if (counts[i / 2] <= 32)
			pair_assert_open(&both);
		else
			assert_int_equal(xstls_session_failure(both.client.session).code, TLS_E_UNEXPECTED_MESSAGE);
		pair_free(&both);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("C1 a HelloRetryRequest with a cookie: it comes back", with_cookie),
	    TEST("Z7 a HelloRetryRequest with a cookie: the session is offered again", with_cookie_a_session_is_resumed),
	    TEST("C1 a HelloRetryRequest with a cookie of 2,048 bytes in all, and of 2,049", longest),
	    TEST("C1 Z2 change_cipher_spec before a ServerHello is passed over, 32 times", change_cipher_spec_first),
	    TEST("C1 a HelloRetryRequest that ends with its random: decode_error, at once", ends_with_random),
	    TEST("C1 a HelloRetryRequest that asks for nothing, or with what may not be there, is refused", faults),
	};

	return cmocka_run_group_tests_name("retry request", tests, NULL, NULL);
}
