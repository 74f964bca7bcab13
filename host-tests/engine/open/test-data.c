// Plaintext both ways, whole and in order, however the transport cuts the records.

#include "fixture.h"
#include "pair.h"

#include <stdlib.h>

#include "random.h"

static pair open_pair(uint16_t version)
{
	pair both = pair_of(config_server("ec256", version), config_client(version));

	pair_run(&both, 0);
	pair_assert_open(&both);
	return both;
}

static void send_one_way(pair *both, peer *from, peer *to, size_t length, size_t chunk)
{
	uint8_t *data = malloc(length + 1);

	random_bytes(data, length);
	assert_int_equal(xstls_session_write(from->session, data, length), length);
	assert_int_equal(xstls_session_status(from->session), length ? TLS_WAIT_WRITE : TLS_OK);
	pair_run(both, chunk);
	assert_int_equal(queue_length(&to->plain), length);
	if (length)
		assert_memory_equal(queue_front(&to->plain), data, length);
	queue_drop(&to->plain, length);
	pair_assert_open(both);
	free(data);
}

static void every_length(uint16_t version)
{
	static const size_t lengths[] = {0, 1, 2, 4095, 4096, 4097, 16384, 100000};
	static const size_t chunks[] = {0, 1, 5, 6, 1000, 4200};
	pair both = open_pair(version);

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		for (size_t j = 0; j < sizeof(chunks) / sizeof(chunks[0]); j++) {
			send_one_way(&both, &both.client, &both.server, lengths[i], chunks[j]);
			send_one_way(&both, &both.server, &both.client, lengths[i], chunks[j]);
		}
	}
	pair_free(&both);
}

static void every_chunk_size(uint16_t version)
{
	enum { LENGTH = 300, LONGEST_RECORD = LENGTH + 64 };
	pair both = open_pair(version);

	for (size_t chunk = 1; chunk <= 2 * LONGEST_RECORD; chunk++) {
		uint8_t data[LENGTH] = {1};

		// Two records on the wire, so that a chunk also ends beyond the first.
		assert_int_equal(xstls_session_write(both.client.session, data, LENGTH), LENGTH);
		send_one_way(&both, &both.server, &both.client, LENGTH, chunk);
		assert_int_equal(queue_length(&both.server.plain), LENGTH);
		queue_drop(&both.server.plain, LENGTH);
	}
	pair_free(&both);
}

// A caller that does not read is not fed beyond the record that waits.
static void unread_plaintext_stops_the_feed(uint16_t version)
{
	uint8_t one = 'x', got[8];
	pair both = open_pair(version);
	xstls_session *server = both.server.session;
	size_t on_wire;

	for (int i = 0; i < 3; i++)
		assert_int_equal(xstls_session_write(both.client.session, &one, 1), 1);
	on_wire = peer_send(&both.client, &both.server);
	assert_int_equal(xstls_session_feed(server, queue_front(&both.server.wire), on_wire), on_wire / 3);
	queue_drop(&both.server.wire, on_wire / 3);
	assert_int_equal(xstls_session_feed(server, queue_front(&both.server.wire), on_wire - on_wire / 3), 0);
	assert_int_equal(xstls_session_readable(server), 1);
	assert_int_equal(xstls_session_read(server, got, 0), 0);
	assert_int_equal(xstls_session_read(server, got, sizeof(got)), 1);
	assert_int_equal(xstls_session_read(server, got, sizeof(got)), 0);
	assert_int_equal(xstls_session_feed(server, queue_front(&both.server.wire), on_wire - on_wire / 3), on_wire / 3);
	pair_free(&both);
}

// Where it stands, for who has no place for it yet.
static void plaintext_is_looked_at(uint16_t version)
{
	uint8_t got[8];
	pair both = open_pair(version);
	xstls_session *server = both.server.session;
	size_t length, on_wire;

	assert_null(xstls_session_plaintext(server));
	assert_int_equal(xstls_session_write(both.client.session, (const uint8_t *)"abcd", 4), 4);
	assert_non_null(xstls_session_ciphertext(both.client.session, &length));
	assert_int_equal(length, xstls_session_pending(both.client.session));
	on_wire = peer_send(&both.client, &both.server);
	assert_null(xstls_session_ciphertext(both.client.session, &length));
	assert_int_equal(xstls_session_feed(server, queue_front(&both.server.wire), on_wire), on_wire);
	assert_memory_equal(xstls_session_plaintext(server), "abcd", 4);
	xstls_session_has_read(server, 3);
	assert_int_equal(xstls_session_readable(server), 1);
	assert_int_equal(xstls_session_read(server, got, sizeof(got)), 1);
	assert_int_equal(got[0], 'd');
	assert_null(xstls_session_plaintext(server));
	pair_free(&both);
}

#define BOTH_VERSIONS(check)                                                                                           \
	static void check##_1_2(void **state)                                                                              \
	{                                                                                                                  \
		(void)state;                                                                                                   \
		check(TLS12);                                                                                                  \
	}                                                                                                                  \
	static void check##_1_3(void **state)                                                                              \
	{                                                                                                                  \
		(void)state;                                                                                                   \
		check(TLS13);                                                                                                  \
	}

BOTH_VERSIONS(every_length)
BOTH_VERSIONS(every_chunk_size)
BOTH_VERSIONS(unread_plaintext_stops_the_feed)
BOTH_VERSIONS(plaintext_is_looked_at)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("E7 TLS 1.2: 0 to 100000 bytes both ways, whole and in order", every_length_1_2),
	    TEST("E7 TLS 1.3: 0 to 100000 bytes both ways, whole and in order", every_length_1_3),
	    TEST("E7 TLS 1.2: records in chunks of every size", every_chunk_size_1_2),
	    TEST("E7 TLS 1.3: records in chunks of every size", every_chunk_size_1_3),
	    TEST("E7 TLS 1.2: no record is taken while another waits to be read", unread_plaintext_stops_the_feed_1_2),
	    TEST("E7 TLS 1.3: no record is taken while another waits to be read", unread_plaintext_stops_the_feed_1_3),
	    TEST("E7 TLS 1.2: plaintext and ciphertext are looked at where they stand", plaintext_is_looked_at_1_2),
	    TEST("E7 TLS 1.3: plaintext and ciphertext are looked at where they stand", plaintext_is_looked_at_1_3),
	};

	return cmocka_run_group_tests_name("data", tests, NULL, NULL);
}
