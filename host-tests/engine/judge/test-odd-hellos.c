// A ClientHello that mbedTLS would refuse for no good reason leads to a handshake, with the hash of the message as it
// came.

#include "edit.h"
#include "fixture.h"
#include "keeping.h"
#include "session/tls-client-session.h"
#include "session/tls-session-details.h"

enum { SUPPORTED_VERSIONS = 43, PSK_MODES = 45, SUPPORTED_GROUPS = 10 };

static void assert_agrees(uint16_t of_client, void (*change)(message *), uint16_t expected)
{
	message hello;
	pair both = edit_begin(config_server("ec256", 0), config_client(of_client), &hello);

	change(&hello);
	edit_run(&both, &hello);
	pair_assert_open(&both);
	assert_int_equal(xstls_session_version(both.server.session), expected);
	pair_free(&both);
}

enum { SIGNATURE_ALGORITHMS = 13 };
static uint8_t known_at, list_length;

// So many algorithms that nobody knows, but for one, twice.
static void list_signatures(message *hello)
{
	uint8_t body[2 + 2 * 64] = {0, (uint8_t)(2 * list_length)};

	for (size_t i = 0; i < list_length; i++) {
		const bool is_known = i == known_at || i + 1 == list_length;

		body[2 + 2 * i] = is_known ? 4 : 0xee;
		body[3 + 2 * i] = is_known ? 3 : (uint8_t)i;
	}
	assert_true(edit_drop_extension(hello, SIGNATURE_ALGORITHMS));
	edit_add_extension(hello, SIGNATURE_ALGORITHMS, body, 2 + 2u * list_length);
}

static void many_signature_algorithms(void **state)
{
	(void)state;
	for (list_length = 18; list_length <= 64; list_length += list_length < 24 ? 1 : 40)
		for (known_at = list_length - 4; known_at < list_length; known_at++) {
			assert_agrees(TLS12, list_signatures, TLS12);
			assert_agrees(TLS13, list_signatures, TLS13);
		}
}

static uint16_t legacy;

static void set_legacy_version(message *hello)
{
	hello->bytes[4] = (uint8_t)(legacy >> 8);
	hello->bytes[5] = (uint8_t)legacy;
}

static void any_legacy_version(void **state)
{
	static const uint16_t later[] = {0x0304, 0x03ff, 0x0400}, others[] = {0x0301, 0x0302, 0x0304, 0x7f12};

	(void)state;
	for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++) {
		legacy = later[i];
		assert_agrees(TLS12, set_legacy_version, TLS12);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		legacy = others[i];
		assert_agrees(TLS13, set_legacy_version, TLS13);
	}
}

static void no_ssl_3(void **state)
{
	static const uint16_t versions[] = {TLS12, TLS13}, old[] = {0x0300, 0x02ff, 0x0002, 0};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(old) / sizeof(old[0]); i++) {
		message hello;
		pair both = edit_begin(config_server("ec256", 0), config_client(versions[i % 2]), &hello);

		legacy = old[i / 2];
		set_legacy_version(&hello);
		edit_put(&both.server, &hello);
		peer_take(&both.server, SIZE_MAX, 0);
		assert_failed(&both.server, TLS_E_PROTOCOL_VERSION, TLS_ALERT_PROTOCOL_VERSION, false);
		pair_free(&both);
	}
}

static void list_1_2_first(message *hello)
{
	assert_true(edit_drop_extension(hello, SUPPORTED_VERSIONS));
	edit_add_extension(hello, SUPPORTED_VERSIONS, "\x06\x0a\x0a\x03\x03\x03\x04", 7);
}

static void versions_in_any_order(void **state)
{
	(void)state;
	assert_agrees(TLS13, list_1_2_first, TLS13);
}

static void add_unknown_modes(message *hello)
{
	edit_drop_extension(hello, PSK_MODES);
	edit_add_extension(hello, PSK_MODES, "\x03\x1a\x01\x2a", 4);
}

static void have_unknown_modes_only(message *hello)
{
	edit_drop_extension(hello, PSK_MODES);
	edit_add_extension(hello, PSK_MODES, "\x01\x1a", 2);
}

static void unknown_psk_modes(void **state)
{
	(void)state;
	assert_agrees(TLS13, add_unknown_modes, TLS13);
	assert_agrees(TLS13, have_unknown_modes_only, TLS13);
}

static void drop_groups(message *hello)
{
	assert_true(edit_drop_extension(hello, SUPPORTED_GROUPS));
}

static void no_groups(void **state)
{
	(void)state;
	assert_agrees(TLS12, drop_groups, TLS12);
}

static const char psk[] = "0123456789abcdef";

static xstls_config *with_psk(bool is_server, uint16_t version, const char *suite)
{
	xstls_config *config = config_draft(&(config_options){.version = version});
	const uint8_t *key = (const uint8_t *)psk, *identity = (const uint8_t *)"sensor";
	xstls_psks *psks = xstls_psks_new();

	xstls_psks_add(psks, identity, 6, key, 16);
	assert_int_equal(is_server ? xstls_config_set_psks(config, psks)
	                           : xstls_config_set_client_psk(config, identity, 6, key, 16),
	                 TLS_E_NONE);
	xstls_psks_release(psks);
	assert_int_equal(xstls_config_allow(config, TLS_POLICY_SUITES, suite, strlen(suite)), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

// Of a client without extensions the server's answer has none but those that the signalling suite asks for; with the
// block, or without it.
static void assert_minimal(const char *suite, bool has_block)
{
	message hello;
	pair both = edit_begin(with_psk(true, TLS12, suite), with_psk(false, TLS12, suite), &hello);
	size_t start = edit_extensions(&hello);

	edit_splice(&hello, start, hello.length - start, "\0\0", has_block ? 2 : 0);
	edit_run(&both, &hello);
	// The client has offered the extended master secret, and takes it for agreed on or not by the ServerHello.
	pair_assert_open(&both);
	pair_free(&both);
}

static void no_extensions(void **state)
{
	(void)state;
	for (int has_block = 0; has_block < 2; has_block++) {
		assert_minimal("TLS_PSK_WITH_AES_128_GCM_SHA256", has_block);
		assert_minimal("TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256", has_block);
	}
}

// The second connection of a client whose ClientHello is changed by `change` on its way, its binder with it.
static void assert_resumes(void (*change)(message *), bool is_spoilt)
{
	static const resumption_way way = {"1.3", TLS13, true};
	xstls_resumption *store = xstls_resumption_new(0, 3600, true);
	xstls_config *server = keeping_server(&way, store);
	kept session = keeping_begin(xstls_config_retain(server), TLS13);
	pair both = pair_of(server, config_client(TLS13));
	message hello;

	assert_true(xstls_session_restore(both.client.session, session.bytes, session.length));
	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	hello = edit_take(&both.server);
	change(&hello);
	edit_bind(&both.client, &hello, NULL, NULL, 0);
	hello.bytes[hello.length - 1] ^= is_spoilt;
	edit_run(&both, &hello);
	if (is_spoilt)
		assert_failed(&both.server, TLS_E_DECRYPT_ERROR, TLS_ALERT_DECRYPT_ERROR, false);
	else
		assert_resumed(&both, true);
	pair_free(&both);
	xstls_resumption_release(store);
}

static void set_old_version(message *hello)
{
	legacy = 0x0301;
	set_legacy_version(hello);
}

// Before the pre-shared keys, which are the last.
static void list_modes(message *hello)
{
	static const uint8_t known[] = {0, PSK_MODES, 0, 2, 1, 1}, more[] = {0, PSK_MODES, 0, 4, 3, 0x1a, 1, 0x2a};

	for (size_t at = edit_extensions(hello) + 2; at + sizeof(known) <= hello->length; at++)
		if (memcmp(hello->bytes + at, known, sizeof(known)) == 0) {
			edit_splice(hello, at, sizeof(known), more, sizeof(more));
			hello->bytes[edit_extensions(hello) + 1] += 2; // of far less than 254 bytes more than a multiple of 256
			return;
		}
	fail_msg("no psk_key_exchange_modes of one");
}

// There is no certificate, so without the key there is no connection.
static void pre_shared_key(void **state)
{
	static const char suite[] = "TLS_AES_128_GCM_SHA256";
	message hello;
	pair both = edit_begin(with_psk(true, TLS13, suite), with_psk(false, TLS13, suite), &hello);

	(void)state;
	set_old_version(&hello);
	edit_bind(&both.client, &hello, psk, NULL, 0);
	edit_run(&both, &hello);
	pair_assert_open(&both);
	pair_free(&both);
}

static void session_is_resumed(void **state)
{
	(void)state;
	assert_resumes(set_old_version, false);
	assert_resumes(list_modes, false);
	assert_resumes(set_old_version, true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z1 legacy_version of any kind beside supported_versions, and a later one without", any_legacy_version),
	    TEST("Z1 legacy_version of SSL 3.0 and before: protocol_version", no_ssl_3),
	    TEST("Z1 TLS 1.2 named before TLS 1.3: TLS 1.3", versions_in_any_order),
	    TEST("Z1 signature_algorithms of which the usable one comes late", many_signature_algorithms),
	    TEST("Z1 psk_key_exchange_modes that are not known", unknown_psk_modes),
	    TEST("Z1 TLS 1.2 without supported_groups", no_groups),
	    TEST("C4 TLS 1.2 with a pre-shared key and no extensions", no_extensions),
	    TEST("C4 a pre-shared key that is offered by an odd ClientHello is taken", pre_shared_key),
	    TEST("B6 a session that is offered by an odd ClientHello is resumed, if its binder is right",
	         session_is_resumed),
	};

	return cmocka_run_group_tests_name("odd hellos", tests, NULL, NULL);
}
