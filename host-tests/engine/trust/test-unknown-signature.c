// TLS 1.3: a certificate that is signed by an algorithm which mbedTLS does not know, such as Ed25519: changed on its
// way.

#include "fixture.h"
#include "forge.h"

enum { MOST = 20000 };

static xstls_config *mutual(void)
{
	xstls_config *config = config_draft(&(config_options){.identity = {"ec256"}, .ca = "ca.pem", .version = TLS13});

	assert_int_equal(xstls_config_set_verify(config, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

// ecdsa-with-SHA256 becomes an algorithm that nobody knows. Returns how often.
static int change(uint8_t *bytes, size_t length)
{
	static const uint8_t ecdsa[] = {0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2};
	int count = 0;

	for (uint8_t *at = bytes; (at = memmem(at, length - (size_t)(at - bytes), ecdsa, sizeof(ecdsa))); count++)
		at[sizeof(ecdsa) - 1] = 99;
	return count;
}

// The same of records under the keys of the handshake.
static int change_encrypted(const pair *both, peer *to, xstls_role writer)
{
	xstls_direction in = forge_handshake_keys(both, writer, PSA_KEY_USAGE_DECRYPT);
	xstls_direction out = forge_handshake_keys(both, writer, PSA_KEY_USAGE_ENCRYPT);
	byte_queue wire = to->wire;
	static uint8_t body[MOST];
	int count = 0;

	to->wire = (byte_queue){0};
	while (queue_length(&wire)) {
		const uint8_t *record = queue_front(&wire);
		const size_t length = (size_t)record[3] << 8 | record[4];
		xstls_opened opened;

		memcpy(body, record + TLS_RECORD_HEADER, length);
		if (record[0] != TLS_APPLICATION_DATA) {
			queue_put(&to->wire, record, TLS_RECORD_HEADER + length);
		} else if (xstls_protection_open(&in.protection, record[0], body, length, &opened) == PSA_SUCCESS) {
			count += change((uint8_t *)opened.data, opened.length);
			forge_by(&out, to, opened.type, opened.data, opened.length);
		}
		queue_drop(&wire, TLS_RECORD_HEADER + length);
	}
	xstls_direction_clear(&in);
	xstls_direction_clear(&out);
	queue_free(&wire);
	return count;
}

static void try_end(xstls_role reader)
{
	pair both = pair_of(mutual(), mutual());
	peer *to = forge_end(&both, reader), *other = forge_end(&both, forge_other(reader));

	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	if (reader == TLS_SERVER) {
		peer_take(&both.client, SIZE_MAX, 0);
		peer_send(&both.client, &both.server);
	}
	assert_int_equal(change_encrypted(&both, to, forge_other(reader)), 2);
	peer_take(to, SIZE_MAX, 0);
	assert_failed(to, TLS_E_CERTIFICATE_MALFORMED, TLS_ALERT_UNSUPPORTED_CERTIFICATE, false);
	peer_send(to, other);
	peer_take(other, SIZE_MAX, 0);
	assert_failed(other, TLS_E_ALERT_RECEIVED, TLS_ALERT_UNSUPPORTED_CERTIFICATE, true);
	pair_free(&both);
}

static void told(void **state)
{
	(void)state;
	try_end(TLS_CLIENT);
	try_end(TLS_SERVER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B15 E9 TLS 1.3: a certificate signed by an unknown algorithm: unsupported_certificate", told),
	};

	return cmocka_run_group_tests_name("unknown signature", tests, NULL, NULL);
}
