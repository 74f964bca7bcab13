// What a client of TLS 1.3 refuses in the extensions of a ServerHello, EncryptedExtensions or Certificate (RFC 8446
// §4.2), though mbedTLS does not, or by another alert.

#include "edit.h"
#include "fixture.h"
#include "port/tls-port-handshake.h"
#include "record/tls-records.h"
#include "session/tls-session-state.h"

enum {
	SERVER_NAME = 0,
	STATUS_REQUEST = 5,
	SUPPORTED_GROUPS = 10,
	ALPN = 16,
	SESSION_TICKET = 35,
	PRE_SHARED_KEY = 41,
	SUPPORTED_VERSIONS = 43,
	KEY_SHARE = 51,
	UNKNOWN = 0x1234,
};

enum { ENCRYPTED_EXTENSIONS = 8, CERTIFICATE = 11, CHANGE_CIPHER_SPEC_RECORD = 6, MESSAGE_HEADER = 4, RECORD_HEADER = 5 };

static pair begin(void)
{
	pair both = pair_of(config_server("ec256", TLS13), config_client(TLS13));

	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	return both;
}

static void assert_hello(uint16_t type, const void *body, size_t length, uint8_t alert)
{
	pair both = begin();
	message hello = edit_take(&both.client);

	edit_add_extension(&hello, type, body, length);
	edit_put(&both.client, &hello);
	peer_take(&both.client, SIZE_MAX, 0);
	assert_failed(&both.client, TLS_E_ILLEGAL_PARAMETER, alert, false);
	pair_free(&both);
}

static void in_server_hello(void **state)
{
	(void)state;
	assert_hello(UNKNOWN, "", 0, TLS_ALERT_UNSUPPORTED_EXTENSION);
	assert_hello(ALPN, "\0\x02\x01h", 4, TLS_ALERT_UNSUPPORTED_EXTENSION); // not asked for
	assert_hello(SERVER_NAME, "", 0, TLS_ALERT_ILLEGAL_PARAMETER);         // asked for, and not to be answered here
	assert_hello(SUPPORTED_VERSIONS, "\x03\x04", 2, TLS_ALERT_ILLEGAL_PARAMETER); // twice
}

// The server's keys for its encrypted handshake.
static void set_keys(const pair *both, psa_key_usage_t usage, uint64_t sequence, xstls_direction *direction)
{
	const xstls_handshake *h = &both->server.session->handshake;

	*direction = (xstls_direction){
	    .protection = {.suite = xstls_suite_of(xstls_port_negotiated_suite(h->ssl)), .version = TLS13},
	};
	assert_true(xstls_records_set_secret(direction, usage, h->work->handshake[TLS_SERVER]));
	direction->protection.sequence = sequence;
}

// Takes the record of that number off the wire of the client, which has to be one message.
static message open_record(pair *both, uint64_t sequence)
{
	const uint8_t *record = queue_front(&both->client.wire);
	const size_t length = (size_t)record[3] << 8 | record[4];
	uint8_t body[4096];
	message opened_message;
	xstls_direction in;
	xstls_opened opened;

	assert_true(record[0] == TLS_APPLICATION_DATA && length <= sizeof(body));
	memcpy(body, record + RECORD_HEADER, length);
	queue_drop(&both->client.wire, RECORD_HEADER + length);
	set_keys(both, PSA_KEY_USAGE_DECRYPT, sequence, &in);
	assert_int_equal(xstls_protection_open(&in.protection, TLS_APPLICATION_DATA, body, length, &opened), PSA_SUCCESS);
	xstls_direction_clear(&in);
	assert_int_equal(opened.type, TLS_HANDSHAKE);
	opened_message.length = opened.length;
	memcpy(opened_message.bytes, opened.data, opened.length);
	return opened_message;
}

// Has the client take it.
static void seal_record(pair *both, uint64_t sequence, const message *edited)
{
	uint8_t record[4096];
	xstls_direction out;

	set_keys(both, PSA_KEY_USAGE_ENCRYPT, sequence, &out);
	assert_int_equal(
	    xstls_protection_seal(&out.protection, TLS_HANDSHAKE, edited->bytes, edited->length, record), PSA_SUCCESS);
	queue_free(&both->client.wire);
	both->client.wire = (byte_queue){0};
	queue_put(&both->client.wire, record, xstls_protection_expansion(&out.protection) + edited->length);
	xstls_direction_clear(&out);
	peer_take(&both->client, SIZE_MAX, 0);
}

// The list of EncryptedExtensions is all of the message.
static message encrypted_extensions(pair *both)
{
	message extensions;

	*both = begin();
	peer_take(&both->client, RECORD_HEADER + ((size_t)queue_front(&both->client.wire)[3] << 8) +
	                             queue_front(&both->client.wire)[4] + CHANGE_CIPHER_SPEC_RECORD,
	          0);
	extensions = open_record(both, 0);
	assert_int_equal(extensions.bytes[0], ENCRYPTED_EXTENSIONS);
	return extensions;
}

static void add(message *list, uint16_t type, const void *body, size_t length)
{
	const uint8_t head[] = {(uint8_t)(type >> 8), (uint8_t)type, 0, (uint8_t)length};

	edit_splice(list, list->length, 0, head, sizeof(head));
	edit_splice(list, list->length, 0, body, length);
	list->bytes[MESSAGE_HEADER + 1] = (uint8_t)(list->length - MESSAGE_HEADER - 2);
}

typedef struct {
	uint16_t type;
	const char *body;
	size_t length;
	int times;
	xstls_error code; // NONE for none
	uint8_t alert;
} row;

static void in_encrypted_extensions(void **state)
{
	static const row rows[] = {
	    {SUPPORTED_GROUPS, "\0\x02\0\x17", 4, 1, TLS_E_NONE, TLS_ALERT_NONE},
	    {SERVER_NAME, "", 0, 1, TLS_E_NONE, TLS_ALERT_NONE},
	    {SERVER_NAME, "", 0, 2, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER},
	    {SERVER_NAME, "\0", 1, 1, TLS_E_DECODE_ERROR, TLS_ALERT_DECODE_ERROR},
	    {UNKNOWN, "", 0, 1, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_UNSUPPORTED_EXTENSION},
	    {ALPN, "\0\x02\x01h", 4, 1, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_UNSUPPORTED_EXTENSION},
	    {STATUS_REQUEST, "", 0, 1, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_UNSUPPORTED_EXTENSION},
	    {SESSION_TICKET, "", 0, 1, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER},
	    {KEY_SHARE, "", 0, 1, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER},
	    {PRE_SHARED_KEY, "\0\0", 2, 1, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		pair both;
		message extensions = encrypted_extensions(&both);

		for (int j = 0; j < rows[i].times; j++)
			add(&extensions, rows[i].type, rows[i].body, rows[i].length);
		seal_record(&both, 0, &extensions);
		if (rows[i].code != TLS_E_NONE)
			assert_failed(&both.client, rows[i].code, rows[i].alert, false);
		else
			assert_int_equal(xstls_session_failure(both.client.session).code, TLS_E_NONE);
		peer_send(&both.client, &both.server);
		peer_take(&both.server, SIZE_MAX, 0);
		if (rows[i].code != TLS_E_NONE)
			assert_failed(&both.server, TLS_E_ALERT_RECEIVED, rows[i].alert, true);
		pair_free(&both);
	}
}

// The last certificate's extensions stand at the end of the message.
static void in_certificate(void **state)
{
	pair both;
	message extensions = encrypted_extensions(&both), chain;
	uint8_t *list = chain.bytes + MESSAGE_HEADER + 1;

	(void)state;
	chain = open_record(&both, 1);
	seal_record(&both, 0, &extensions);
	assert_int_equal(chain.bytes[0], CERTIFICATE);
	edit_splice(&chain, chain.length - 2, 2, "\0\x04\x12\x34\0\0", 6);
	list[1] = (uint8_t)((chain.length - MESSAGE_HEADER - 4) >> 8);
	list[2] = (uint8_t)(chain.length - MESSAGE_HEADER - 4);
	seal_record(&both, 1, &chain);
	assert_failed(&both.client, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_UNSUPPORTED_EXTENSION, false);
	pair_free(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("C1 extensions of a ServerHello of TLS 1.3: not asked for, not for here, twice", in_server_hello),
	    TEST("C1 extensions of EncryptedExtensions: the same, and what they hold", in_encrypted_extensions),
	    TEST("C1 an extension of a certificate that was not asked for: unsupported_extension", in_certificate),
	};

	return cmocka_run_group_tests_name("server extensions", tests, NULL, NULL);
}
