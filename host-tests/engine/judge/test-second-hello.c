// A server and the second ClientHello, by which a client answers a HelloRetryRequest (RFC 8446 §4.1.2).

#include "edit.h"
#include "fixture.h"
#include "port/messages/tls-port-message.h"
#include "session/tls-session-state.h"

enum {
	LEGACY_VERSION = 4,
	RANDOM = 6,
	SESSION_ID = 6 + 32,
	SERVER_NAME = 0,
	ALPN = 16,
	PADDING = 21,
	EARLY_DATA = 42,
	SUPPORTED_VERSIONS = 43,
	PSK_MODES = 45,
	KEY_SHARE = 51,
};

enum { CHANGE_CIPHER_SPEC = 5 + 1 }; // bytes of the record that comes first

// The server wants a share of a group that the client does not begin with.
static xstls_config *picky_server(void)
{
	xstls_config *server = config_draft(&(config_options){.identity = {"ec256"}, .ca = "ca.pem", .version = TLS13});

	assert_int_equal(xstls_config_allow(server, TLS_POLICY_GROUPS, "secp384r1", 9), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	return server;
}

// The messages before the second ClientHello, as they are hashed (RFC 8446 §4.4.1).
static message hash_of(const message *hello, const message *request)
{
	enum { MESSAGE_HASH = 4 + 32 };
	message before = {.bytes = {254, 0, 0, 32}, .length = MESSAGE_HASH};
	size_t length;

	assert_int_equal(psa_hash_compute(PSA_ALG_SHA_256, hello->bytes, hello->length, before.bytes + 4, 32, &length),
	                 PSA_SUCCESS);
	edit_splice(&before, before.length, 0, request->bytes, request->length);
	before.bytes[2] = 0; // edit_splice has made it the length of one message
	before.bytes[3] = 32;
	return before;
}

static const char psk[] = "0123456789abcdef";

// A client that has no certificate to verify, or the server of it.
static xstls_config *with_psk(bool is_server)
{
	xstls_config *config = config_draft(&(config_options){.version = TLS13});
	xstls_psks *psks = xstls_psks_new();

	xstls_psks_add(psks, (const uint8_t *)"sensor", 6, (const uint8_t *)psk, 16);
	if (is_server)
		assert_int_equal(xstls_config_set_psks(config, psks), TLS_E_NONE);
	else
		assert_int_equal(xstls_config_set_client_psk(config, (const uint8_t *)"sensor", 6, (const uint8_t *)psk, 16),
		                 TLS_E_NONE);
	xstls_psks_release(psks);
	assert_int_equal(xstls_config_allow(config, TLS_POLICY_SUITES, "TLS_AES_128_GCM_SHA256", 22), TLS_E_NONE);
	if (is_server)
		assert_int_equal(xstls_config_allow(config, TLS_POLICY_GROUPS, "secp384r1", 9), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

// A pair whose client has sent the second ClientHello, which is `*second` now and not on the wire. `change` is made to
// both of them, as by a client of another kind.
static pair retry(xstls_config *server, xstls_config *client, void (*change)(message *), bool binds, message *second)
{
	message hello, request, before;
	pair both = edit_begin(server, client, &hello);
	mbedtls_ssl_context *ssl = both.client.session->handshake.ssl;

	if (change)
		change(&hello);
	if (binds)
		edit_bind(&both.client, &hello, psk, NULL, 0);
	edit_put(&both.server, &hello);
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	request = edit_take(&both.client);
	edit_put(&both.client, &request);
	peer_take(&both.client, SIZE_MAX, 0);
	peer_send(&both.client, &both.server);
	assert_int_equal(peer_take(&both.server, CHANGE_CIPHER_SPEC, 0), CHANGE_CIPHER_SPEC);
	*second = edit_take(&both.server);
	if (change)
		change(second);
	before = hash_of(&hello, &request);
	if (binds)
		edit_bind(&both.client, second, psk, before.bytes, before.length);
	assert_int_equal(xstls_port_begin_transcript(ssl, before.bytes, before.length - request.length), 0);
	assert_int_equal(xstls_port_add_to_transcript(ssl, request.bytes, request.length), 0);
	assert_int_equal(xstls_port_add_to_transcript(ssl, second->bytes, second->length), 0);
	return both;
}

static pair retried(void (*change)(message *), message *second)
{
	return retry(picky_server(), config_client(TLS13), change, false, second);
}

static void change_random(message *hello)
{
	hello->bytes[RANDOM] ^= 1;
}

static void change_session_id(message *hello)
{
	assert_int_equal(hello->bytes[SESSION_ID], 32);
	hello->bytes[SESSION_ID + 1] ^= 1;
}

static void change_suites(message *hello)
{
	hello->bytes[SESSION_ID + 33 + 2] ^= 0x0a;
}

static void drop_name(message *hello)
{
	assert_true(edit_drop_extension(hello, SERVER_NAME));
}

static void add_alpn(message *hello)
{
	edit_add_extension(hello, ALPN, "\0\x02\x01h", 4);
}

static void change_modes(message *hello)
{
	assert_true(edit_drop_extension(hello, PSK_MODES));
	edit_add_extension(hello, PSK_MODES, "\x01\0", 2);
}

static void send_early_data(message *hello)
{
	edit_add_extension(hello, EARLY_DATA, "", 0);
}

static void other_than_the_first(void **state)
{
	static void (*const faults[])(message *) = {change_random, change_session_id, change_suites,  drop_name,
	                                            add_alpn,      change_modes,      send_early_data};

	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		message second;
		pair both = retried(NULL, &second);

		faults[i](&second);
		edit_put(&both.server, &second);
		peer_take(&both.server, SIZE_MAX, 0);
		assert_failed(&both.server, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER, false);
		peer_send(&both.server, &both.client);
		peer_take(&both.client, SIZE_MAX, 0);
		assert_failed(&both.client, TLS_E_ALERT_RECEIVED, TLS_ALERT_ILLEGAL_PARAMETER, true);
		pair_free(&both);
	}
}

static void run(pair *both, const message *second, size_t chunk)
{
	edit_put(&both->server, second);
	pair_run(both, chunk);
	pair_assert_open(both);
	pair_free(both);
}

static void pad(message *hello)
{
	static bool is_second;

	if (is_second)
		edit_add_extension(hello, PADDING, "\0\0\0\0\0\0\0", 7);
	is_second = !is_second;
}

static void padded(void **state)
{
	message second;
	pair both = retried(pad, &second);

	(void)state;
	run(&both, &second, 0);
}

enum { ENCRYPTED_CLIENT_HELLO = 0xfe0d, UNKNOWN = 0x1234 };

// It is encrypted anew (RFC 9849 §6.1.5).
static void encrypt(message *hello)
{
	static uint8_t body[5];

	body[0]++;
	edit_add_extension(hello, ENCRYPTED_CLIENT_HELLO, body, sizeof(body));
}

static void add_to_second(message *hello)
{
	static bool is_second;

	if (is_second)
		edit_add_extension(hello, UNKNOWN, "", 0);
	is_second = !is_second;
}

// The second one has it behind all others.
static void put_name_last(message *hello)
{
	static bool is_second;
	const message before = *hello;
	const uint8_t *name = before.bytes + edit_find_extension(&before, SERVER_NAME) + 4;

	if (is_second) {
		assert_true(edit_drop_extension(hello, SERVER_NAME));
		edit_add_extension(hello, SERVER_NAME, name, (size_t)(name[-2] << 8 | name[-1]));
	}
	is_second = !is_second;
}

static void other_in_what_nobody_reads(void **state)
{
	static void (*const changes[])(message *) = {encrypt, add_to_second, put_name_last};

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		message second;
		pair both = retried(changes[i], &second);

		run(&both, &second, 0);
	}
}

// RFC 8446 §4.2.8: a browser's first share is of a group that nobody has, and its next of one that few have.
static void not_hashed_for_nothing(void **state)
{
	static const uint8_t none[TLS_HELLO_ALIKE], share[] = {0x1a, 0x1a, 0, 1, 0};
	message hello;
	pair both = edit_begin(config_server("ec256", TLS13), config_client(TLS13), &hello);
	const uint8_t *at = hello.bytes + edit_find_extension(&hello, KEY_SHARE);
	uint8_t body[256];
	size_t length = (size_t)(at[2] << 8 | at[3]);

	(void)state;
	memcpy(body + sizeof(share), at + 4, length);
	body[0] = 0;
	body[1] = (uint8_t)(length - 2 + sizeof(share));
	memcpy(body + 2, share, sizeof(share));
	assert_true(edit_drop_extension(&hello, KEY_SHARE));
	edit_add_extension(&hello, KEY_SHARE, body, length + sizeof(share));
	edit_put(&both.server, &hello);
	peer_take(&both.server, SIZE_MAX, 0);
	assert_memory_equal(both.server.session->handshake.work->alike, none, sizeof(none));
	pair_free(&both);
}

static void set_legacy_version(message *hello)
{
	hello->bytes[LEGACY_VERSION + 1] = 1;
}

static void add_unknown_modes(message *hello)
{
	edit_drop_extension(hello, PSK_MODES);
	edit_add_extension(hello, PSK_MODES, "\x03\x1a\x01\x2a", 4);
}

static void list_1_2_first(message *hello)
{
	assert_true(edit_drop_extension(hello, SUPPORTED_VERSIONS));
	edit_add_extension(hello, SUPPORTED_VERSIONS, "\x06\x0a\x0a\x03\x03\x03\x04", 7);
}

// Both have to be rewritten for mbedTLS.
static void odd(void **state)
{
	static void (*const changes[])(message *) = {set_legacy_version, add_unknown_modes, list_1_2_first};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(changes) / sizeof(changes[0]); i++) {
		message second;
		pair both = retried(changes[i / 2], &second);

		run(&both, &second, i % 2);
	}
}

// With a pre-shared key, by which alone the two know each other.
static void odd_with_key(void **state)
{
	static void (*const changes[])(message *) = {NULL, set_legacy_version};

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		message second;
		pair both = retry(with_psk(true), with_psk(false), changes[i], true, &second);

		run(&both, &second, 0);
	}
}

// In records of `count` bytes, with a change_cipher_spec before them.
static void put_in_pieces(peer *to, const message *second, size_t count)
{
	static const uint8_t change_cipher_spec[] = {20, 3, 3, 0, 1, 1};
	byte_queue rest = to->wire;

	to->wire = (byte_queue){0};
	queue_put(&to->wire, change_cipher_spec, sizeof(change_cipher_spec));
	for (size_t at = 0; at < second->length; at += count) {
		size_t length = second->length - at < count ? second->length - at : count;
		const uint8_t header[] = {22, 3, 3, 0, (uint8_t)length};

		queue_put(&to->wire, header, sizeof(header));
		queue_put(&to->wire, second->bytes + at, length);
	}
	queue_put(&to->wire, rest.data + rest.start, queue_length(&rest));
	queue_free(&rest);
}

// RFC 8446 §5.1: any message may be cut, as the first one may.
static void in_pieces(void **state)
{
	static const size_t pieces[] = {1, 3, 5, 100};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(pieces) / sizeof(pieces[0]); i++) {
		message second;
		pair both = retried(NULL, &second);

		put_in_pieces(&both.server, &second, pieces[i / 2]);
		pair_run(&both, i % 2);
		pair_assert_open(&both);
		pair_free(&both);
	}
}

// What may be sent in its place.
static void alert(void **state)
{
	static const uint8_t refusal[] = {21, 3, 3, 0, 2, 2, 40};
	message second;
	pair both = retried(NULL, &second);

	(void)state;
	queue_put(&both.server.wire, refusal, sizeof(refusal));
	peer_take(&both.server, SIZE_MAX, 1);
	assert_failed(&both.server, TLS_E_ALERT_RECEIVED, TLS_ALERT_HANDSHAKE_FAILURE, true);
	pair_free(&both);
}

static void too_long(void **state)
{
	static const uint8_t more[1100];
	message second;
	pair both = retried(NULL, &second);

	(void)state;
	edit_add_extension(&second, PADDING, more, sizeof(more));
	edit_put(&both.server, &second);
	peer_take(&both.server, SIZE_MAX, 0);
	assert_failed(&both.server, TLS_E_RECORD_OVERFLOW, TLS_ALERT_RECORD_OVERFLOW, false);
	pair_free(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B15 a second ClientHello that is another than the first: illegal_parameter", other_than_the_first),
	    TEST("B15 one that is padded otherwise is taken", padded),
	    TEST("Z1 one that differs in what no server reads, or in the order of extensions, is taken",
	         other_in_what_nobody_reads),
	    TEST("Z1 a first ClientHello with a share to take is not hashed, whatever share comes first",
	         not_hashed_for_nothing),
	    TEST("Z1 odd ClientHellos with a HelloRetryRequest between them", odd),
	    TEST("C4 a pre-shared key that is offered by odd ones", odd_with_key),
	    TEST("Z1 a second ClientHello in many records", in_pieces),
	    TEST("B15 an alert in place of a second ClientHello", alert),
	    TEST("E5 a second ClientHello that is much longer than the first: record_overflow", too_long),
	};

	return cmocka_run_group_tests_name("second hello", tests, NULL, NULL);
}
