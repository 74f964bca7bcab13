// Rows B4 and Z4: the session waits with the ClientHello until a configuration is chosen. And row A3: a TLS 1.2 client
// gets no EC certificate on a curve that it did not offer.

#include "edit.h"
#include "fixture.h"

#include "config/tls-config-state.h"
#include "hello/tls-hello-collector.h"

static const uint16_t versions[] = {TLS12, TLS13};

// A pair whose server has stopped at the ClientHello.
static pair selecting(uint16_t version)
{
	pair both = pair_of(config_server("rsa2048", version), config_client(version));

	xstls_session_ask_identity(both.server.session);
	assert_null(xstls_session_hello(both.server.session));
	pair_run(&both, 0);
	assert_int_equal(xstls_session_status(both.server.session), TLS_WANTS_IDENTITY);
	return both;
}

static void choose_and_go_on(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		pair both = selecting(versions[i]);
		const xstls_hello *hello = xstls_session_hello(both.server.session);
		xstls_config *chosen = config_server("ec256", versions[i]), *draft = xstls_config_new();

		assert_int_equal(hello->server_name.length, strlen("device.local"));
		assert_memory_equal(hello->server_name.data, "device.local", strlen("device.local"));
		assert_int_equal(xstls_session_feed(both.server.session, (const uint8_t *)"\x16", 1), 0);
		assert_false(xstls_session_use(both.server.session, draft));
		assert_true(xstls_session_use(both.server.session, chosen));
		assert_null(xstls_session_hello(both.server.session));
		assert_false(xstls_session_use(both.server.session, chosen));
		xstls_config_release(chosen);
		xstls_config_release(draft);
		pair_run(&both, 0);
		pair_assert_open(&both);
		pair_free(&both);
	}
}

static void refuse(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		pair both = selecting(versions[i]);

		xstls_session_refuse(both.server.session);
		pair_run(&both, 0);
		assert_failed(&both.server, TLS_E_UNRECOGNIZED_NAME, TLS_ALERT_UNRECOGNIZED_NAME, false);
		assert_failed(&both.client, TLS_E_ALERT_RECEIVED, TLS_ALERT_UNRECOGNIZED_NAME, true);
		xstls_session_refuse(both.server.session);
		pair_free(&both);
	}
}

// RFC 6066 §3: the alert unrecognized_name answers a name.
static void refuse_without_a_name(void **state)
{
	pair both = pair_of(config_server("ec256", 0), config_client(0));
	message hello;

	(void)state;
	xstls_session_ask_identity(both.server.session);
	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	hello = edit_take(&both.server);
	assert_true(edit_drop_extension(&hello, 0));
	edit_put(&both.server, &hello);
	peer_take(&both.server, SIZE_MAX, 0);
	xstls_session_refuse(both.server.session);
	assert_failed(&both.server, TLS_E_UNRECOGNIZED_NAME, TLS_ALERT_HANDSHAKE_FAILURE, false);
	pair_free(&both);
}

static void waiting_costs_only_the_hello(void **state)
{
	pair both = pair_of(config_server("ec256", TLS13), config_client(TLS13));
	size_t bytes;

	(void)state;
	xstls_session_ask_identity(both.server.session);
	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	bytes = xstls_alloc_count().bytes;
	peer_take(&both.server, SIZE_MAX, 0);
	assert_int_equal(xstls_session_status(both.server.session), TLS_WANTS_IDENTITY);
	assert_true(xstls_alloc_count().bytes - bytes < 1024);
	xstls_session_feed_end(both.server.session);
	assert_failed(&both.server, TLS_E_TRUNCATED, TLS_ALERT_NONE, false);
	pair_free(&both);
}

// A TLS 1.2 client that offers one curve only, against an EC identity on the other.
static pair one_curve(const char *second_identity)
{
	static const uint16_t only_p384[] = {MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1, MBEDTLS_SSL_IANA_TLS_GROUP_NONE};
	xstls_config *server = config_make(&(config_options){.identity = {"ec256", second_identity}, .version = TLS12});
	xstls_config *client = config_client(TLS12);
	pair both;

	mbedtls_ssl_conf_groups(&client->ssl[TLS_CLIENT], only_p384);
	both = pair_of(server, client);
	pair_run(&both, 0);
	return both;
}

static void curve_that_was_not_offered(void **state)
{
	pair both = one_curve(NULL);
	char suite[64];

	(void)state;
	assert_failed(&both.server, TLS_E_HANDSHAKE_FAILURE, TLS_ALERT_HANDSHAKE_FAILURE, false);
	assert_failed(&both.client, TLS_E_ALERT_RECEIVED, TLS_ALERT_HANDSHAKE_FAILURE, true);
	pair_free(&both);
	both = one_curve("rsa2048");
	pair_assert_open(&both);
	assert_true(xstls_session_cipher(both.server.session, suite, sizeof(suite)));
	assert_string_equal(suite, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
	pair_free(&both);
	both = one_curve("ec384");
	pair_assert_open(&both);
	pair_free(&both);
}

static void add_at(uint8_t *number, size_t count)
{
	size_t value = (size_t)(number[0] << 8 | number[1]) + count;

	number[0] = (uint8_t)(value >> 8);
	number[1] = (uint8_t)value;
}

// A ClientHello that asks for device.local, made longer by `count` letters of that name.
static void lengthen_name(byte_queue *wire, size_t count)
{
	static const char name[] = "device.local";
	enum { RECORD = 3, MESSAGE = 7, SESSION_ID = 5 + 4 + 2 + 32, BEFORE_NAME = 9 };
	uint8_t *hello, *at, *extensions;

	queue_put(wire, (const uint8_t[TLS_HELLO_LIMIT]){0}, count);
	hello = wire->data + wire->start;
	for (at = hello; memcmp(at, name, sizeof(name) - 1) != 0; at++)
		;
	memmove(at + count, at, queue_length(wire) - count - (size_t)(at - hello));
	memset(at, 'x', count);
	at -= BEFORE_NAME;
	extensions = hello + SESSION_ID;
	extensions += 1 + extensions[0];
	extensions += 2 + (extensions[0] << 8 | extensions[1]);
	extensions += 1 + extensions[0];
	add_at(hello + RECORD, count);
	add_at(hello + MESSAGE, count);
	add_at(extensions, count);
	add_at(at + 2, count); // the extension
	add_at(at + 4, count); // its list
	add_at(at + 7, count); // the name
}

static void name_that_is_too_long(void **state)
{
	const size_t known = strlen("device.local");

	(void)state;
	for (size_t length = 254; length <= 300; length++) {
		pair both = pair_of(config_server("ec256", TLS12), config_client(TLS12));
		size_t asked = 0;

		xstls_session_step(both.client.session);
		peer_send(&both.client, &both.server);
		lengthen_name(&both.server.wire, length - known);
		peer_take(&both.server, SIZE_MAX, 0);
		assert_int_equal(xstls_session_asked_name(both.server.session, &asked) != NULL, length <= 255);
		assert_int_equal(asked, length <= 255 ? length : 0);
		pair_free(&both);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B4 Z4 the session waits for an identity and goes on with the one that is chosen", choose_and_go_on),
	    TEST("B4 no identity for this client: unrecognized_name", refuse),
	    TEST("B4 the same for a client that names no server: handshake_failure", refuse_without_a_name),
	    TEST("B4 Z3 waiting for an identity costs the bytes of the ClientHello", waiting_costs_only_the_hello),
	    TEST("B4 a name that is longer than that of any host is none", name_that_is_too_long),
	    TEST("A3 TLS 1.2: no EC certificate on a curve that the client did not offer", curve_that_was_not_offered),
	};

	return cmocka_run_group_tests_name("selection", tests, NULL, NULL);
}
