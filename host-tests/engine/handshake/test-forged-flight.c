// Records under the keys of a TLS 1.3 handshake that no engine of ours would send: without content, or with the rest of
// a message that has begun in the clear (RFC 8446 §5.1, §5.4).

#include "fixture.h"
#include "edit.h"
#include "forge.h"

static const uint8_t encrypted_extensions[] = {8, 0, 0, 2, 0, 0};

static xstls_direction keys_to(const pair *both, xstls_role reader)
{
	return forge_handshake_keys(both, forge_other(reader), PSA_KEY_USAGE_ENCRYPT);
}

static void assert_unexpected(pair *both, peer *end)
{
	peer_take(end, SIZE_MAX, 0);
	assert_failed(end, TLS_E_UNEXPECTED_MESSAGE, TLS_ALERT_UNEXPECTED_MESSAGE, false);
	pair_free(both);
}

// The first bytes of a message, none for 0, and a record without content.
static void try_empty(xstls_role role, uint8_t type, size_t before)
{
	pair both = forge_pair_in_handshake(TLS13);
	xstls_direction out = keys_to(&both, role);

	if (before)
		forge_by(&out, forge_end(&both, role), TLS_HANDSHAKE, encrypted_extensions, before);
	forge_by(&out, forge_end(&both, role), type, NULL, 0);
	xstls_direction_clear(&out);
	assert_unexpected(&both, forge_end(&both, role));
}

static void without_content(void **state)
{
	(void)state;
	for (uint8_t type = TLS_ALERT; type <= TLS_APPLICATION_DATA; type++) {
		try_empty(TLS_SERVER, type, 0);
		try_empty(TLS_CLIENT, type, 0);
	}
}

static void between_pieces(void **state)
{
	(void)state;
	for (uint8_t type = TLS_ALERT; type <= TLS_APPLICATION_DATA; type++)
		for (size_t before = 1; before < sizeof(encrypted_extensions); before++)
			try_empty(TLS_CLIENT, type, before);
}

static void try_one(xstls_role role, uint8_t type, const void *content, size_t length)
{
	pair both = forge_pair_in_handshake(TLS13);
	xstls_direction out = keys_to(&both, role);

	forge_by(&out, forge_end(&both, role), type, content, length);
	xstls_direction_clear(&out);
	assert_unexpected(&both, forge_end(&both, role));
}

// RFC 8446 §5.4: zeros alone.
static void without_a_type(void **state)
{
	static const uint8_t zeros[7];

	(void)state;
	for (size_t length = 0; length <= sizeof(zeros); length++) {
		try_one(TLS_SERVER, 0, zeros, length);
		try_one(TLS_CLIENT, 0, zeros, length);
	}
}

static void protected_change_cipher_spec(void **state)
{
	(void)state;
	try_one(TLS_SERVER, TLS_CHANGE_CIPHER_SPEC, "\x01", 1);
	try_one(TLS_CLIENT, TLS_CHANGE_CIPHER_SPEC, "\x01", 1);
}

// In the clear, of another value or length.
static void other_change_cipher_specs(void **state)
{
	static const uint8_t records[][7] = {{20, 3, 3, 0, 1, 2}, {20, 3, 3, 0, 1, 0}, {20, 3, 3, 0, 2, 1, 1}};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(records) / sizeof(records[0]); i++) {
		pair both = forge_pair_in_handshake(TLS13);
		peer *to = forge_end(&both, i % 2 ? TLS_SERVER : TLS_CLIENT);

		queue_put(&to->wire, records[i / 2], TLS_RECORD_HEADER + records[i / 2][4]);
		assert_unexpected(&both, to);
	}
}

// The server has sent its flight, of which the ServerHello alone is on its way, with the first bytes of the next
// message.
static void across_a_change_of_keys(void **state)
{
	(void)state;
	for (size_t length = 1; length <= sizeof(encrypted_extensions); length++) {
		pair both = pair_of(config_server("ec256", TLS13), config_client(TLS13));
		message hello;
		xstls_direction out;

		xstls_session_step(both.client.session);
		peer_send(&both.client, &both.server);
		peer_take(&both.server, SIZE_MAX, 0);
		peer_send(&both.server, &both.client);
		hello = edit_take(&both.client);
		queue_drop(&both.client.wire, queue_length(&both.client.wire));
		memcpy(hello.bytes + hello.length, encrypted_extensions, length);
		hello.length += length;
		edit_put(&both.client, &hello);
		out = keys_to(&both, TLS_CLIENT);
		if (length < sizeof(encrypted_extensions))
			forge_by(&out, &both.client, TLS_HANDSHAKE, encrypted_extensions + length,
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
