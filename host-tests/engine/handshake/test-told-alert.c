// What a failure says was sent is what the wire shows: once, readable by the peer, with nothing before it that has the
// peer wait for something else.

#include "fixture.h"
#include "pair.h"

#include "config/tls-config-state.h"
#include "key-shares.h"

enum { ILLEGAL_PARAMETER = 47, DECODE_ERROR = 50, X25519 = 32, POINT = 65 };

static const uint16_t versions[] = {TLS12, TLS13};

// Shares that no peer may take (RFC 8446 §4.2.8.2, §7.4.2; RFC 7748 §6.1).
static void zero(uint8_t *key, size_t length)
{
	if (length == X25519)
		memset(key, 0, length);
}

static void off_the_curve(uint8_t *key, size_t length)
{
	if (length == POINT)
		key[POINT - 1] ^= 1;
}

static void not_a_point(uint8_t *key, size_t length)
{
	if (length == POINT)
		key[0] = 9;
}

typedef struct {
	const char *group;
	void (*change)(uint8_t *key, size_t length);
} bad_share;

static const bad_share bad_shares[] = {
    {"x25519", zero},
    {"secp256r1", off_the_curve},
    {"secp256r1", not_a_point},
};

static xstls_config *with_group(const char *identity, uint16_t version, const char *group)
{
	xstls_config *config = config_draft(&(config_options){.identity = {identity}, .ca = "ca.pem", .version = version});

	assert_int_equal(xstls_config_allow(config, TLS_POLICY_GROUPS, group, strlen(group)), TLS_E_NONE);
	// The curve of the server's certificate.
	assert_int_equal(xstls_config_allow(config, TLS_POLICY_GROUPS, "secp256r1", 9), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

// An end that makes its messages with bad shares. Returns whether it had something to say.
static bool forge(peer *from, peer *to, void (*change)(uint8_t *key, size_t length))
{
	key_shares_change(change);
	xstls_session_step(from->session);
	peer_take(from, SIZE_MAX, 0);
	key_shares_change(NULL);
	return peer_send(from, to);
}

static void assert_told(peer *told, peer *failed, xstls_error code, uint8_t alert)
{
	assert_failed(failed, code, alert, false);
	peer_send(failed, told);
	peer_take(told, SIZE_MAX, 0);
	assert_failed(told, TLS_E_ALERT_RECEIVED, alert, true);
	assert_int_equal(queue_length(&told->wire), 0);
}

static void server_refuses(uint16_t version, const bad_share *bad)
{
	pair both = pair_of(with_group("ec256", version, bad->group), with_group(NULL, version, bad->group));

	while (xstls_session_status(both.server.session) != TLS_FAIL) {
		assert_true(forge(&both.client, &both.server, bad->change));
		peer_take(&both.server, SIZE_MAX, 0);
		if (xstls_session_status(both.server.session) != TLS_FAIL)
			peer_send(&both.server, &both.client);
	}
	assert_told(&both.client, &both.server, TLS_E_ILLEGAL_PARAMETER, ILLEGAL_PARAMETER);
	pair_free(&both);
}

static void client_refuses(uint16_t version, const bad_share *bad)
{
	pair both = pair_of(with_group("ec256", version, bad->group), with_group(NULL, version, bad->group));

	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	forge(&both.server, &both.client, bad->change);
	peer_take(&both.client, SIZE_MAX, 0);
	assert_told(&both.server, &both.client, TLS_E_ILLEGAL_PARAMETER, ILLEGAL_PARAMETER);
	pair_free(&both);
}

static void bad_share_of_a_client(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < sizeof(bad_shares) / sizeof(bad_shares[0]); j++)
			server_refuses(versions[i], &bad_shares[j]);
}

static void bad_share_of_a_server(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < sizeof(bad_shares) / sizeof(bad_shares[0]); j++)
			client_refuses(versions[i], &bad_shares[j]);
}

// Moves the start of a client's key_share, and all lengths before it, so that the share has `length` bytes.
static size_t shorten_share(uint8_t *flight, size_t flight_length, size_t length)
{
	enum { EXTENSIONS_AT = 5 + 4 + 2 + 32 };
	const size_t cut = X25519 - length;
	size_t at = EXTENSIONS_AT, extensions;

	at += 1u + flight[at];                                 // session id
	at += 2u + (size_t)(flight[at] << 8 | flight[at + 1]); // suites
	at += 1u + flight[at];                                 // compression
	extensions = at;
	for (at += 2; flight[at] != 0 || flight[at + 1] != 51; at += 4u + (size_t)(flight[at + 2] << 8 | flight[at + 3]))
		;
	memmove(flight + at + 10 + length, flight + at + 10 + X25519, flight_length - at - 10 - X25519);
	for (size_t i = 0; i < 3; i++) { // the extension, its list, the share
		static const size_t places[] = {3, 5, 9};

		flight[at + places[i]] -= (uint8_t)cut;
	}
	for (size_t i = 0; i < 3; i++) { // record, message, all extensions
		const size_t places[] = {3, 7, extensions};
		uint8_t *number = flight + places[i];
		size_t changed = (size_t)(number[0] << 8 | number[1]) - cut;

		number[0] = (uint8_t)(changed >> 8);
		number[1] = (uint8_t)changed;
	}
	return flight_length - cut;
}

static void share_of_another_length(void **state)
{
	static const size_t lengths[] = {X25519 - 1, 1, 0};

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		// RFC 8446 §4.2.8: one without a byte is malformed.
		const bool is_empty = lengths[i] == 0;
		pair both = pair_of(config_server("ec256", TLS13), config_client(TLS13));
		uint8_t flight[2048];
		size_t length;

		xstls_session_step(both.client.session);
		length = xstls_session_drain(both.client.session, flight, sizeof(flight));
		length = shorten_share(flight, length, lengths[i]);
		queue_put(&both.server.wire, flight, length);
		peer_take(&both.server, SIZE_MAX, 0);
		assert_told(&both.client, &both.server, is_empty ? TLS_E_DECODE_ERROR : TLS_E_ILLEGAL_PARAMETER,
		            is_empty ? DECODE_ERROR : ILLEGAL_PARAMETER);
		pair_free(&both);
	}
}

// RFC 7301 §3.1. The client forgets what it has offered.
static void answer_that_was_not_offered(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		config_options options = {.identity = {"ec256"}, .ca = "ca.pem", .alpn = {"http/1.1"}, .version = versions[i]};
		xstls_config *client = config_make(&options);
		pair both = pair_of(config_make(&options), client);

		xstls_session_step(both.client.session);
		peer_send(&both.client, &both.server);
		((char *)client->alpn[0])[7] = '0';
		peer_take(&both.server, SIZE_MAX, 0);
		peer_send(&both.server, &both.client);
		peer_take(&both.client, SIZE_MAX, 0);
		assert_told(&both.server, &both.client, TLS_E_ILLEGAL_PARAMETER, ILLEGAL_PARAMETER);
		pair_free(&both);
	}
}

// RFC 8446 §7.1: from the ServerHello on all that a TLS 1.3 client sends is encrypted. There are servers that take an
// alert in the clear for a damaged record.
static void refusal_under_handshake_keys(void **state)
{
	pair both = pair_of(config_server("expired", TLS13), config_client(TLS13));

	(void)state;
	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	peer_take(&both.client, SIZE_MAX, 0);
	assert_failed(&both.client, TLS_E_CERTIFICATE_EXPIRED, TLS_ALERT_CERTIFICATE_EXPIRED, false);
	peer_send(&both.client, &both.server);
	// RFC 8446 §D.4: the flight begins with a change_cipher_spec, as any second flight of a client.
	assert_memory_equal(queue_front(&both.server.wire), "\x14\x03\x03\0\x01\x01\x17", 7);
	peer_take(&both.server, SIZE_MAX, 0);
	assert_failed(&both.server, TLS_E_ALERT_RECEIVED, TLS_ALERT_CERTIFICATE_EXPIRED, true);
	assert_int_equal(queue_length(&both.server.wire), 0);
	pair_free(&both);
}

// RFC 8446 §5: a record that means nothing, and as many of them as an attacker likes.
static void assert_counts_change_cipher_specs(peer *to)
{
	static const uint8_t record[] = {20, 3, 3, 0, 1, 1};
	size_t count = 0;

	for (; count < 100 && xstls_session_status(to->session) != TLS_FAIL; count++) {
		queue_put(&to->wire, record, sizeof(record));
		peer_take(to, SIZE_MAX, 1);
	}
	assert_int_equal(count, 33);
	assert_failed(to, TLS_E_UNEXPECTED_MESSAGE, TLS_ALERT_UNEXPECTED_MESSAGE, false);
}

static void change_cipher_specs(void **state)
{
	pair both = pair_of(config_server("ec256", TLS13), config_client(TLS13));
	const uint8_t *hello;

	(void)state;
	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	hello = queue_front(&both.client.wire);
	peer_take(&both.client, 5u + (size_t)(hello[3] << 8 | hello[4]), 0);
	queue_drop(&both.client.wire, queue_length(&both.client.wire));
	assert_counts_change_cipher_specs(&both.server);
	assert_counts_change_cipher_specs(&both.client);
	pair_free(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B15 E9 a bad key share of a client: illegal_parameter, and the client is told", bad_share_of_a_client),
	    TEST("B15 E9 a bad key share of a server: illegal_parameter, and the server is told", bad_share_of_a_server),
	    TEST("B15 E9 a key share that is shorter than its group's: the client is told", share_of_another_length),
	    TEST("B15 B5 E9 an ALPN answer that was not offered: the server is told", answer_that_was_not_offered),
	    TEST("B15 C1 a TLS 1.3 client's refusal is under the handshake's keys", refusal_under_handshake_keys),
	    TEST("Z2 B15 32 change_cipher_spec records in a handshake, and no more", change_cipher_specs),
	};

	return cmocka_run_group_tests_name("told alert", tests, NULL, NULL);
}
