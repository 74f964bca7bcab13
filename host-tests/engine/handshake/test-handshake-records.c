// Rows A1, E9, E11: mbedTLS's buffer for input grows to what comes, and to what may come at most.

#include "fixture.h"
#include "pair.h"

#include "hello/tls-hello-collector.h"
#include "record/tls-record-limits.h"
#include "session/tls-session-state.h"

static const uint16_t versions[] = {TLS12, TLS13};

static pair pair_asking(xstls_verify verify, uint16_t version)
{
	config_options options = {.identity = {"chained"}, .ca = "ca.pem", .version = version};
	xstls_config *server = config_draft(&options);

	assert_int_equal(xstls_config_set_verify(server, TLS_SERVER, verify), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	return pair_of(server, config_make(&options));
}

// The header of a record with so many bytes in all, and all of it but the last byte.
static void announce(peer *to, uint8_t type, size_t record)
{
	size_t body = record - TLS_RECORD_HEADER;
	uint8_t header[] = {type, 3, 3, (uint8_t)(body >> 8), (uint8_t)body};
	static uint8_t zeros[TLS_RECORD_MOST + TLS_RECORD_EXPANSION + 1];

	queue_put(&to->wire, header, sizeof(header));
	peer_take(to, SIZE_MAX, 1);
	queue_put(&to->wire, zeros, body - 1);
	peer_take(to, SIZE_MAX, 100);
}

static void assert_bound(const peer *end, bool is_within)
{
	if (is_within)
		assert_int_equal(xstls_session_status(end->session), TLS_WAIT_READ);
	else
		assert_failed(end, TLS_E_RECORD_OVERFLOW, TLS_ALERT_RECORD_OVERFLOW, false);
}

static uint8_t type_of(uint16_t version)
{
	return version == TLS13 ? TLS_APPLICATION_DATA : TLS_HANDSHAKE;
}

// A record of the bound, one less, one more.
static void try_server(xstls_verify verify, uint16_t version, int difference)
{
	xstls_alloc_counters before = xstls_alloc_count();
	pair both = pair_asking(verify, version);
	size_t hello, most;

	xstls_session_step(both.client.session);
	hello = peer_send(&both.client, &both.server);
	most = verify == TLS_VERIFY_NONE ? hello + TLS_RECORD_MOST_AFTER_HELLO : TLS_RECORD_MOST_OF_CLIENT;
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	announce(&both.server, type_of(version), most + (size_t)difference);
	assert_bound(&both.server, difference <= 0);
	pair_free(&both);
	assert_same_memory(before);
}

static void at_server(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (int difference = -1; difference <= 1; difference++) {
			try_server(TLS_VERIFY_NONE, versions[i], difference);
			try_server(TLS_VERIFY_OPTIONAL, versions[i], difference);
			try_server(TLS_VERIFY_REQUIRED, versions[i], difference);
		}
}

enum {
	LONGEST_RECORD = TLS_RECORD_HEADER + TLS_RECORD_MOST + TLS_RECORD_EXPANSION,
	MOST_FROM_SERVER = TLS_RECORD_MOST_OF_SERVER < LONGEST_RECORD ? TLS_RECORD_MOST_OF_SERVER : LONGEST_RECORD,
};

static void at_client(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (int difference = -1; difference <= 1; difference++) {
			pair both = pair_asking(TLS_VERIFY_NONE, versions[i]);

			xstls_session_step(both.client.session);
			peer_send(&both.client, &both.server);
			announce(&both.client, TLS_HANDSHAKE, (size_t)(MOST_FROM_SERVER + difference));
			assert_bound(&both.client, difference <= 0);
			pair_free(&both);
		}
}

// It is refused by its header: what would follow need not come.
static void too_long_by_its_header(void **state)
{
	static const uint8_t header[] = {TLS_HANDSHAKE, 3, 3, 255, 255};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		pair both = pair_asking(TLS_VERIFY_NONE, versions[i]);

		xstls_session_step(both.client.session);
		queue_put(&both.client.wire, header, sizeof(header));
		peer_take(&both.client, SIZE_MAX, 1);
		assert_bound(&both.client, false);
		pair_free(&both);
	}
}

// A message of which so much has come that the next record is the last that there is room for.
static void long_message_at_client(void **state)
{
	enum { THERE = TLS_MESSAGE_MOST_READ - 1408 };
	static uint8_t part[TLS_RECORD_HEADER + THERE] = {
	    TLS_HANDSHAKE, 3, 3, (uint8_t)(THERE >> 8), THERE & 255, 2, 1, 0, 0};

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (int difference = -1; difference <= 1; difference++) {
			xstls_alloc_counters before = xstls_alloc_count();
			pair both = pair_asking(TLS_VERIFY_NONE, versions[i]);

			xstls_session_step(both.client.session);
			peer_send(&both.client, &both.server);
			queue_put(&both.client.wire, part, sizeof(part));
			peer_take(&both.client, SIZE_MAX, 0);
			announce(&both.client, TLS_HANDSHAKE,
			         (size_t)(TLS_RECORD_MOST_OF_SERVER - (TLS_RECORD_HEADER + THERE) + difference));
			assert_bound(&both.client, difference <= 0);
			pair_free(&both);
			assert_same_memory(before);
		}
}

// Moves what is on the wire to `to`, its handshake records in the clear cut into some of at most `size` bytes.
static size_t take_cut(peer *to, size_t size)
{
	byte_queue wire = to->wire;
	bool in_clear = true;

	to->wire = (byte_queue){0};
	while (queue_length(&wire)) {
		const uint8_t *record = queue_front(&wire);
		size_t length = (size_t)record[3] << 8 | record[4];

		in_clear = in_clear && record[0] == TLS_HANDSHAKE;
		for (size_t at = 0, count; at < length; at += count) {
			count = in_clear && length - at > size ? size : length - at;
			const uint8_t header[] = {record[0], record[1], record[2], (uint8_t)(count >> 8), (uint8_t)count};

			queue_put(&to->wire, header, sizeof(header));
			queue_put(&to->wire, record + TLS_RECORD_HEADER + at, count);
		}
		queue_drop(&wire, TLS_RECORD_HEADER + length);
	}
	queue_free(&wire);
	return peer_take(to, SIZE_MAX, 0);
}

// A message in many records is put together in the buffer, behind which each header makes it grow.
static void in_fragments(void **state)
{
	static const size_t sizes[] = {4, 5, 64, 500, 1000};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		xstls_alloc_counters before = xstls_alloc_count();
		pair both = pair_asking(TLS_VERIFY_REQUIRED, TLS12);
		size_t moved = 1;

		xstls_session_step(both.client.session);
		while (moved) {
			peer_send(&both.client, &both.server);
			moved = take_cut(&both.server, sizes[i]);
			peer_send(&both.server, &both.client);
			moved += take_cut(&both.client, sizes[i]);
		}
		pair_assert_open(&both);
		pair_free(&both);
		assert_same_memory(before);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("E11 a record at the bound of a server, with and without a client certificate", at_server),
	    TEST("E11 a record at the bound of a client", at_client),
	    TEST("A1 E11 a record that is too long by its header, to a client", too_long_by_its_header),
	    TEST("C1 E11 a handshake message at the bound of a client", long_message_at_client),
	    TEST("A1 messages in many records", in_fragments),
	};

	warm_up();
	return cmocka_run_group_tests_name("handshake records", tests, NULL, NULL);
}
