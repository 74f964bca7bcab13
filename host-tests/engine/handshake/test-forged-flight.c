// Records under the keys of a TLS 1.3 handshake that no engine of ours would send: without content, or with the rest of
// a message that has begun in the clear (RFC 8446 §5.1, §5.4).

#include "fixture.h"
#include "edit.h"

#include "port/tls-port-handshake.h"
#include "record/tls-records.h"
#include "session/tls-session-state.h"

static const uint8_t encrypted_extensions[] = {8, 0, 0, 2, 0, 0};

static const xstls_suite *agreed_suite(const peer *end)
{
	return xstls_suite_of(xstls_port_negotiated_suite(end->session->handshake.ssl));
}

// The keys by which records to `to` are encrypted, of the other role; `end` is one that has them.
static xstls_direction keys_to(const peer *to, const peer *end)
{
	const bool to_server = to->session->handshake.state.role == TLS_SERVER;
	xstls_direction out = {.protection = {.suite = agreed_suite(end), .version = TLS13}};

	assert_true(xstls_records_set_secret(&out, PSA_KEY_USAGE_ENCRYPT,
	                                     end->session->handshake.work->handshake[to_server ? TLS_CLIENT : TLS_SERVER]));
	return out;
}

static void put(xstls_direction *out, peer *to, uint8_t type, const uint8_t *content, size_t length)
{
	uint8_t record[64];

	assert_int_equal(xstls_protection_seal(&out->protection, type, content, length, record), PSA_SUCCESS);
	queue_put(&to->wire, record, xstls_protection_expansion(&out->protection) + length);
}

// The first bytes of a message, none for 0, and a record without content.
static void forge(const peer *end, peer *to, uint8_t type, size_t length)
{
	xstls_direction out = keys_to(to, end);

	if (length)
		put(&out, to, TLS_HANDSHAKE, encrypted_extensions, length);
	put(&out, to, type, NULL, 0);
	xstls_direction_clear(&out);
}

// The server has sent its flight, of which the ServerHello alone is on its way.
static pair begin(message *server_hello)
{
	pair both = pair_of(config_server("ec256", TLS13), config_client(TLS13));

	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	*server_hello = edit_take(&both.client);
	queue_drop(&both.client.wire, queue_length(&both.client.wire));
	return both;
}

// Both ends have the keys.
static pair begin_with_keys(void)
{
	message server_hello;
	pair both = begin(&server_hello);

	edit_put(&both.client, &server_hello);
	peer_take(&both.client, SIZE_MAX, 0);
	return both;
}

static void assert_unexpected(pair *both, peer *end)
{
	peer_take(end, SIZE_MAX, 0);
	assert_failed(end, TLS_E_UNEXPECTED_MESSAGE, TLS_ALERT_UNEXPECTED_MESSAGE, false);
	pair_free(both);
}

static void without_content(void **state)
{
	(void)state;
	for (uint8_t type = TLS_ALERT; type <= TLS_APPLICATION_DATA; type++) {
		pair both = begin_with_keys();

		forge(&both.server, &both.server, type, 0);
		assert_unexpected(&both, &both.server);
		both = begin_with_keys();
		forge(&both.server, &both.client, type, 0);
		assert_unexpected(&both, &both.client);
	}
}

static void between_pieces(void **state)
{
	(void)state;
	for (uint8_t type = TLS_ALERT; type <= TLS_APPLICATION_DATA; type++)
		for (size_t length = 1; length < 6; length++) {
			pair both = begin_with_keys();

			forge(&both.server, &both.client, type, length);
			assert_unexpected(&both, &both.client);
		}
}

// RFC 8446 §5.4: zeros alone.
static void without_a_type(void **state)
{
	static const uint8_t zeros[7];

	(void)state;
	for (size_t length = 0; length <= sizeof(zeros); length++)
		for (int role = TLS_SERVER; role <= TLS_CLIENT; role++) {
			pair both = begin_with_keys();
			peer *to = role == TLS_SERVER ? &both.server : &both.client;
			xstls_direction out = keys_to(to, &both.server);

			put(&out, to, 0, zeros, length);
			xstls_direction_clear(&out);
			assert_unexpected(&both, to);
		}
}

static void protected_change_cipher_spec(void **state)
{
	(void)state;
	for (int role = TLS_SERVER; role <= TLS_CLIENT; role++) {
		pair both = begin_with_keys();
		peer *to = role == TLS_SERVER ? &both.server : &both.client;
		xstls_direction out = keys_to(to, &both.server);

		put(&out, to, TLS_CHANGE_CIPHER_SPEC, (const uint8_t *)"\x01", 1);
		put(&out, to, TLS_HANDSHAKE, encrypted_extensions, 1);
		xstls_direction_clear(&out);
		assert_unexpected(&both, to);
	}
}

// In the clear, of another value or length.
static void other_change_cipher_specs(void **state)
{
	static const uint8_t records[][7] = {{20, 3, 3, 0, 1, 2}, {20, 3, 3, 0, 1, 0}, {20, 3, 3, 0, 2, 1, 1}};

	(void)state;
	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++)
		for (int role = TLS_SERVER; role <= TLS_CLIENT; role++) {
			pair both = begin_with_keys();
			peer *to = role == TLS_SERVER ? &both.server : &both.client;

			queue_put(&to->wire, records[i], TLS_RECORD_HEADER + records[i][4]);
			assert_unexpected(&both, to);
		}
}

static void across_a_change_of_keys(void **state)
{
	(void)state;
	for (size_t length = 1; length <= sizeof(encrypted_extensions); length++) {
		message hello;
		pair both = begin(&hello);
		xstls_direction out = keys_to(&both.client, &both.server);

		memcpy(hello.bytes + hello.length, encrypted_extensions, length);
		hello.length += length;
		edit_put(&both.client, &hello);
		if (length < sizeof(encrypted_extensions))
			put(&out, &both.client, TLS_HANDSHAKE, encrypted_extensions + length,
			    sizeof(encrypted_extensions) - length);
		xstls_direction_clear(&out);
		assert_unexpected(&both, &both.client);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z19 B15 a record without content under handshake keys: unexpected_message", without_content),
	    TEST("Z19 B15 the same between the pieces of a message", between_pieces),
	    TEST("Z19 B15 a record of zeros alone: unexpected_message", without_a_type),
	    TEST("Z19 B15 an encrypted change_cipher_spec: unexpected_message", protected_change_cipher_spec),
	    TEST("Z19 B15 a change_cipher_spec of another value or length: unexpected_message", other_change_cipher_specs),
	    TEST("Z19 E9 a message that begins before a change of keys: unexpected_message", across_a_change_of_keys),
	};

	return cmocka_run_group_tests_name("forged flight", tests, NULL, NULL);
}
