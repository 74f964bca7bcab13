// A flight of TLS 1.3 in one record, as NSS sends it: what is refused in the middle of it is told as in records of its
// own.

#include "fixture.h"
#include "edit.h"
#include "forge.h"

static size_t length_of(const uint8_t *record)
{
	return (size_t)record[3] << 8 | record[4];
}

// Opens what is encrypted on the client's wire, and puts it there in one record.
static void coalesce(pair *both)
{
	static uint8_t flight[8192];
	xstls_direction in = forge_handshake_keys(both, TLS_SERVER, PSA_KEY_USAGE_DECRYPT),
	                out = forge_handshake_keys(both, TLS_SERVER, PSA_KEY_USAGE_ENCRYPT);
	peer *to = &both->client;
	size_t length = 0, taken;

	while (queue_length(&to->wire)) {
		uint8_t body[4096];
		xstls_opened opened;

		taken = length_of(queue_front(&to->wire));
		if (queue_front(&to->wire)[0] == TLS_APPLICATION_DATA) {
			memcpy(body, queue_front(&to->wire) + TLS_RECORD_HEADER, taken);
			assert_int_equal(xstls_protection_open(&in.protection, TLS_APPLICATION_DATA, body, taken, &opened), 0);
			memcpy(flight + length, opened.data, opened.length);
			length += opened.length;
		}
		queue_drop(&to->wire, TLS_RECORD_HEADER + taken);
	}
	forge_by(&out, to, TLS_HANDSHAKE, flight, length);
	xstls_direction_clear(&in);
	xstls_direction_clear(&out);
}

static pair begin(const char *ca)
{
	pair both = pair_of(config_server("chained", TLS13), config_make(&(config_options){.ca = ca, .version = TLS13}));
	message hello;

	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	hello = edit_take(&both.client);
	coalesce(&both);
	edit_put(&both.client, &hello);
	return both;
}

static void taken(void **state)
{
	pair both = begin("ca.pem");

	(void)state;
	pair_run(&both, 1);
	pair_assert_open(&both);
	pair_free(&both);
}

static void refused(void **state)
{
	pair both = begin("ca-rsa.pem");

	(void)state;
	peer_take(&both.client, SIZE_MAX, 0);
	assert_failed(&both.client, TLS_E_CERTIFICATE_UNTRUSTED, TLS_ALERT_UNKNOWN_CA, false);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	assert_failed(&both.server, TLS_E_ALERT_RECEIVED, TLS_ALERT_UNKNOWN_CA, true);
	pair_free(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z1 a server's flight of TLS 1.3 in one record", taken),
	    TEST("B15 a certificate that is refused in the middle of it: the server is told why", refused),
	};

	return cmocka_run_group_tests_name("one record", tests, NULL, NULL);
}
