// What a peer with the right keys may put into records once the handshake is over, and what not.

#include "fixture.h"
#include "forge.h"

#include "session/tls-session-state.h"

enum { TO_SERVER = 1, TO_CLIENT = 2, TO_BOTH = 3 };

typedef struct {
	const char *what;
	uint8_t type;
	uint8_t length;
	uint8_t content[12];
	uint16_t version; // 0 for both
	int to;
	xstls_error code; // TLS_E_NONE: the connection goes on
	uint8_t alert;
} odd_record;

#define REFUSED(name) TLS_E_##name, TLS_ALERT_##name
#define TOLD(alert) TLS_E_ALERT_RECEIVED, alert
#define FINE TLS_E_NONE, TLS_ALERT_NONE

static const odd_record odd_records[] = {
    {"nothing", 23, 0, {0}, 0, TO_BOTH, FINE},
    {"ClientHello", 22, 4, {1, 0, 0, 0}, 0, TO_BOTH, REFUSED(UNEXPECTED_MESSAGE)},
    {"the first byte of a ClientHello and a length", 22, 4, {1, 0, 255, 0}, 0, TO_SERVER, REFUSED(UNEXPECTED_MESSAGE)},
    {"HelloRequest", 22, 4, {0, 0, 0, 0}, TLS12, TO_CLIENT, FINE},
    {"HelloRequest with content", 22, 5, {0, 0, 0, 1, 7}, TLS12, TO_CLIENT, REFUSED(DECODE_ERROR)},
    {"HelloRequest of a client", 22, 4, {0, 0, 0, 0}, TLS12, TO_SERVER, REFUSED(UNEXPECTED_MESSAGE)},
    {"HelloRequest over TLS 1.3", 22, 4, {0, 0, 0, 0}, TLS13, TO_BOTH, REFUSED(UNEXPECTED_MESSAGE)},
    {"Finished", 22, 4, {20, 0, 0, 0}, 0, TO_BOTH, REFUSED(UNEXPECTED_MESSAGE)},
    {"CertificateRequest", 22, 4, {13, 0, 0, 0}, 0, TO_BOTH, REFUSED(UNEXPECTED_MESSAGE)},
    {"NewSessionTicket of a client", 22, 4, {4, 0, 0, 0}, 0, TO_SERVER, REFUSED(UNEXPECTED_MESSAGE)},
    {"NewSessionTicket over TLS 1.2", 22, 4, {4, 0, 0, 0}, TLS12, TO_CLIENT, REFUSED(UNEXPECTED_MESSAGE)},
    {"NewSessionTicket of nothing", 22, 4, {4, 0, 0, 0}, TLS13, TO_CLIENT, REFUSED(DECODE_ERROR)},
    {"NewSessionTicket of 131,338 bytes", 22, 4, {4, 2, 1, 10}, TLS13, TO_CLIENT, REFUSED(DECODE_ERROR)},
    {"KeyUpdate over TLS 1.2", 22, 5, {24, 0, 0, 1, 0}, TLS12, TO_BOTH, REFUSED(UNEXPECTED_MESSAGE)},
    {"KeyUpdate that asks for 2", 22, 5, {24, 0, 0, 1, 2}, TLS13, TO_BOTH, REFUSED(ILLEGAL_PARAMETER)},
    {"KeyUpdate of nothing", 22, 4, {24, 0, 0, 0}, TLS13, TO_BOTH, REFUSED(DECODE_ERROR)},
    {"KeyUpdate of two bytes", 22, 6, {24, 0, 0, 2, 0, 0}, TLS13, TO_BOTH, REFUSED(DECODE_ERROR)},
    {"two KeyUpdates", 22, 10, {24, 0, 0, 1, 0, 24, 0, 0, 1, 0}, TLS13, TO_BOTH, REFUSED(UNEXPECTED_MESSAGE)},
    {"an empty handshake record", 22, 0, {0}, 0, TO_BOTH, REFUSED(UNEXPECTED_MESSAGE)},
    {"ChangeCipherSpec", 20, 1, {1}, 0, TO_BOTH, REFUSED(UNEXPECTED_MESSAGE)},
    {"an unknown type", 24, 1, {1}, 0, TO_BOTH, REFUSED(UNEXPECTED_MESSAGE)},
    {"no type, zeros alone", 0, 3, {0, 0, 0}, TLS13, TO_BOTH, REFUSED(UNEXPECTED_MESSAGE)},
    {"padding", 0, 3, {23, 0, 0}, TLS13, TO_BOTH, FINE},
    {"an empty alert", 21, 0, {0}, 0, TO_BOTH, REFUSED(UNEXPECTED_MESSAGE)},
    {"half an alert", 21, 1, {2}, 0, TO_BOTH, REFUSED(DECODE_ERROR)},
    {"an alert and a half", 21, 3, {1, 90, 1}, 0, TO_BOTH, REFUSED(DECODE_ERROR)},
    {"user_canceled", 21, 2, {1, 90}, 0, TO_BOTH, FINE},
    {"no_renegotiation", 21, 2, {1, 100}, TLS12, TO_BOTH, FINE},
    {"a warning that is fatal", 21, 2, {1, 100}, TLS13, TO_BOTH, TOLD(100)},
    {"internal_error", 21, 2, {2, 80}, 0, TO_BOTH, TOLD(80)},
};
enum { ODD_RECORDS = sizeof(odd_records) / sizeof(odd_records[0]) };

static void send_odd(const odd_record *odd, uint16_t version, bool to_server, size_t chunk)
{
	pair both = forge_open_pair(version);
	peer *from = to_server ? &both.client : &both.server, *to = to_server ? &both.server : &both.client;

	forge_record(from, to, odd->type, odd->content, odd->length);
	forge_deliver(to, chunk);
	if (odd->code == TLS_E_NONE) {
		forge_assert_flows(from, to);
		forge_assert_flows(to, from);
	} else {
		assert_failed(to, odd->code, odd->alert, odd->code == TLS_E_ALERT_RECEIVED);
		pair_run(&both, 0);
		assert_true(odd->code == TLS_E_ALERT_RECEIVED || xstls_session_failure(from->session).alert == odd->alert);
	}
	pair_free(&both);
}

static void odd_but_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < ODD_RECORDS; i++)
		for (uint16_t version = TLS12; version <= TLS13; version++)
			for (int to = TO_SERVER; to <= TO_CLIENT; to++)
				if ((odd_records[i].version == 0 || odd_records[i].version == version) && odd_records[i].to & to)
					for (size_t chunk = 0; chunk <= 1; chunk++)
						send_odd(&odd_records[i], version, to == TO_SERVER, chunk);
}

// A handshake message that has begun goes on without anything between.
static void nothing_between_the_parts_of_a_message(void **state)
{
	(void)state;
	for (uint8_t type = TLS_ALERT; type <= TLS_APPLICATION_DATA; type += 2) {
		pair both = forge_open_pair(TLS13);

		forge_record(&both.client, &both.server, TLS_HANDSHAKE, "\x18", 1);
		forge_record(&both.client, &both.server, type, "\x01\x5a", 2);
		forge_deliver(&both.server, 0);
		assert_failed(&both.server, REFUSED(UNEXPECTED_MESSAGE), false);
		pair_free(&both);
	}
}

static void fruitless(uint16_t version, int count, bool goes_on)
{
	pair both = forge_open_pair(version);

	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < count; i++)
			forge_record(&both.client, &both.server, TLS_APPLICATION_DATA, NULL, 0);
		forge_deliver(&both.server, 0);
		if (!goes_on)
			break;
		forge_assert_flows(&both.client, &both.server);
	}
	if (!goes_on)
		assert_failed(&both.server, REFUSED(UNEXPECTED_MESSAGE), false);
	pair_free(&both);
}

static void records_without_plaintext_are_counted(void **state)
{
	(void)state;
	for (uint16_t version = TLS12; version <= TLS13; version++) {
		fruitless(version, 31, true);
		fruitless(version, 32, true);
		fruitless(version, 33, false);
	}
}

// In the clear, out of turn, or not the peer's.
static void not_protected(void **state)
{
	static const uint8_t clear[][7] = {{21, 3, 3, 0, 2, 1, 0}, {22, 3, 3, 0, 2, 0, 0}, {20, 3, 3, 0, 1, 1}};
	static const uint8_t empty[] = {23, 3, 3, 0, 0}, other_version[] = {23, 3, 1, 0, 2, 0, 0};

	(void)state;
	for (uint16_t version = TLS12; version <= TLS13; version++) {
		for (size_t i = 0; i < 3; i++) {
			const bool is_out_of_turn = version == TLS13 || clear[i][0] == TLS_CHANGE_CIPHER_SPEC;
			pair both = forge_open_pair(version);

			queue_put(&both.server.wire, clear[i], 5u + clear[i][4]);
			forge_deliver(&both.server, 1);
			assert_int_equal(xstls_session_failure(both.server.session).code,
			                 is_out_of_turn ? TLS_E_UNEXPECTED_MESSAGE : TLS_E_BAD_RECORD_MAC);
			pair_free(&both);
		}
		pair both = forge_open_pair(version);

		queue_put(&both.server.wire, empty, sizeof(empty));
		forge_deliver(&both.server, 0);
		assert_failed(&both.server, REFUSED(BAD_RECORD_MAC), false);
		queue_put(&both.client.wire, other_version, sizeof(other_version));
		forge_deliver(&both.client, 0);
		assert_failed(&both.client, REFUSED(PROTOCOL_VERSION), false);
		pair_free(&both);
	}
}

// Tickets that would not fit into a ClientHello pass, and cost nothing.
static void long_tickets_pass_by(void **state)
{
	static const uint8_t header[] = {4, 0, 0x40, 0};
	static uint8_t part[4096];
	pair both = forge_open_pair(TLS13);
	xstls_alloc_counters before = xstls_alloc_count();

	(void)state;
	forge_record(&both.server, &both.client, TLS_HANDSHAKE, header, sizeof(header));
	for (size_t left = 0x4000; left; left -= sizeof(part)) {
		forge_record(&both.server, &both.client, TLS_HANDSHAKE, part, sizeof(part));
		forge_deliver(&both.client, 0);
		assert_int_equal(xstls_alloc_count().bytes, before.bytes);
	}
	forge_assert_flows(&both.server, &both.client);
	pair_free(&both);
}

// What a TLS 1.3 record pads counts as much as what it says.
static void padding_counts(void **state)
{
	static uint8_t padded[16385 + 1];

	(void)state;
	padded[0] = TLS_APPLICATION_DATA;
	for (size_t length = 16384; length <= 16385; length++) {
		pair both = forge_open_pair(TLS13);

		// The type that the record is made with is its last zero.
		forge_record(&both.client, &both.server, 0, padded, length);
		forge_deliver(&both.server, 0);
		if (length <= 16384)
			forge_assert_flows(&both.client, &both.server);
		else
			assert_failed(&both.server, REFUSED(RECORD_OVERFLOW), false);
		pair_free(&both);
	}
}

static void any_bit(void **state)
{
	(void)state;
	for (uint16_t version = TLS12; version <= TLS13; version++) {
		pair both = forge_open_pair(version);
		size_t length;

		forge_record(&both.client, &both.server, TLS_APPLICATION_DATA, "text", 4);
		length = queue_length(&both.server.wire);
		pair_free(&both);
		for (size_t bit = 0; bit < length * 8; bit++) {
			both = forge_open_pair(version);
			forge_record(&both.client, &both.server, TLS_APPLICATION_DATA, "text", 4);
			both.server.wire.data[both.server.wire.start + bit / 8] ^= (uint8_t)(1 << bit % 8);
			// A longer record waits for more.
			queue_put(&both.server.wire, (uint8_t[300]){0}, 300);
			forge_deliver(&both.server, 0);
			assert_int_equal(queue_length(&both.server.plain), 0);
			if (bit / 8 != 3 && bit / 8 != 4)
				assert_int_equal(xstls_session_status(both.server.session), TLS_FAIL);
			pair_free(&both);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z1 B15 odd records after the handshake: refused with their alert, or passed over", odd_but_whole),
	    TEST("Z1 nothing comes between the parts of a handshake message", nothing_between_the_parts_of_a_message),
	    TEST("Z1 records without plaintext: 31 and 32 in a row pass, 33 do not", records_without_plaintext_are_counted),
	    TEST("Z1 what is not protected, or empty, or of another version", not_protected),
	    TEST("Z7 tickets that are too long to be offered pass, and cost nothing", long_tickets_pass_by),
	    TEST("A1 Z1 padding counts: 2^14 bytes with it pass, one more does not", padding_counts),
	    TEST("Z1 any bit of a record that is damaged ends the connection, and nothing of it is read", any_bit),
	};

	return cmocka_run_group_tests_name("open records", tests, NULL, NULL);
}
