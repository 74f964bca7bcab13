// RFC 8446 §5.1: messages of the handshake in records of any length, whose ends may be in the middle of a message's
// header; and what may not stand in, behind and between them.

#include "fixture.h"
#include "edit.h"

#include "record-limit.h"
#include "record/tls-protection.h"

static const uint16_t versions[] = {TLS12, TLS13};
static const size_t most[] = {1, 2, 3, 4, 5, 6, 7, 63, 500};

static xstls_config *mutual(uint16_t version, const char *group)
{
	xstls_config *config = config_draft(&(config_options){.identity = {"ec256"}, .ca = "ca.pem", .version = version});

	if (group)
		assert_int_equal(xstls_config_allow(config, TLS_POLICY_GROUPS, group, strlen(group)), TLS_E_NONE);
	assert_int_equal(xstls_config_set_verify(config, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

static void put_record(byte_queue *to, uint8_t type, const void *content, size_t length)
{
	const uint8_t header[] = {type, 3, 3, (uint8_t)(length >> 8), (uint8_t)length};

	queue_put(to, header, sizeof(header));
	queue_put(to, content, length);
}

static size_t length_of(const uint8_t *record)
{
	return (size_t)record[3] << 8 | record[4];
}

// What begins a flight in the clear: one stream of bytes, cut anew.
static void cut(peer *to, size_t length)
{
	byte_queue stream = {0}, rest = to->wire;

	to->wire = (byte_queue){0};
	while (queue_length(&rest) && queue_front(&rest)[0] == TLS_HANDSHAKE) {
		queue_put(&stream, queue_front(&rest) + TLS_RECORD_HEADER, length_of(queue_front(&rest)));
		queue_drop(&rest, TLS_RECORD_HEADER + length_of(queue_front(&rest)));
	}
	while (queue_length(&stream)) {
		size_t count = queue_length(&stream) < length ? queue_length(&stream) : length;

		put_record(&to->wire, TLS_HANDSHAKE, queue_front(&stream), count);
		queue_drop(&stream, count);
	}
	queue_put(&to->wire, queue_front(&rest), queue_length(&rest));
	queue_free(&stream);
	queue_free(&rest);
}

static void run(pair *both, size_t length, size_t chunk)
{
	size_t moved;

	xstls_session_step(both->client.session);
	do {
		moved = peer_send(&both->client, &both->server);
		cut(&both->server, length);
		moved += peer_take(&both->server, SIZE_MAX, chunk) + peer_send(&both->server, &both->client);
		cut(&both->client, length);
		moved += peer_take(&both->client, SIZE_MAX, chunk);
	} while (moved);
}

static void try_pieces(uint16_t version, const char *server_group, size_t length, size_t chunk)
{
	xstls_alloc_counters before = xstls_alloc_count();
	pair both = pair_of(mutual(version, server_group), mutual(version, NULL));

	record_limit_set(version == TLS13 ? length : 0);
	run(&both, length, chunk);
	record_limit_set(0);
	pair_assert_open(&both);
	pair_free(&both);
	assert_same_memory(before);
}

static void in_pieces(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(most) / sizeof(most[0]); i++)
		for (size_t j = 0; j < 2; j++)
			for (size_t chunk = 0; chunk < 2; chunk++)
				try_pieces(versions[j], NULL, most[i], chunk);
}

static void in_pieces_after_a_retry(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(most) / sizeof(most[0]); i++)
		try_pieces(TLS13, "secp384r1", most[i], 0);
}

// The server's flight is on its way.
static pair begin(uint16_t version, const char *server_group)
{
	pair both = pair_of(mutual(version, server_group), mutual(version, NULL));

	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	return both;
}

static void assert_unexpected(pair *both, peer *end)
{
	assert_failed(end, TLS_E_UNEXPECTED_MESSAGE, TLS_ALERT_UNEXPECTED_MESSAGE, false);
	pair_run(both, 0);
	assert_failed(end == &both->client ? &both->server : &both->client, TLS_E_ALERT_RECEIVED,
	              TLS_ALERT_UNEXPECTED_MESSAGE, true);
	pair_free(both);
}

// Bytes of a next message in the last record in the clear of the server's flight.
static void try_more(pair both, const void *more, size_t length)
{
	message all = edit_take(&both.client);

	while (queue_length(&both.client.wire) && queue_front(&both.client.wire)[0] == TLS_HANDSHAKE) {
		message next = edit_take(&both.client);

		memcpy(all.bytes + all.length, next.bytes, next.length);
		all.length += next.length;
	}
	memcpy(all.bytes + all.length, more, length);
	all.length += length;
	edit_put(&both.client, &all);
	peer_take(&both.client, SIZE_MAX, 0);
	assert_unexpected(&both, &both.client);
}

static void before_ones_answer(void **state)
{
	static const uint8_t finished[] = {20, 0, 0, 12, 1, 2}, server_hello[] = {2, 0, 0, 100, 3, 3};

	(void)state;
	for (size_t length = 1; length <= sizeof(finished); length++) {
		try_more(begin(TLS12, NULL), finished, length);
		try_more(begin(TLS13, "secp384r1"), server_hello, length);
	}
}

static void other_records_between_the_pieces(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (size_t length = 1; length <= 5; length++)
			for (uint8_t type = TLS_CHANGE_CIPHER_SPEC; type <= TLS_ALERT; type++) {
				pair both = begin(versions[i], NULL);
				uint8_t piece[5];

				memcpy(piece, queue_front(&both.client.wire) + TLS_RECORD_HEADER, length);
				queue_drop(&both.client.wire, queue_length(&both.client.wire));
				put_record(&both.client.wire, TLS_HANDSHAKE, piece, length);
				put_record(&both.client.wire, type, "\x01\x5a", type == TLS_ALERT ? 2 : 1);
				peer_take(&both.client, SIZE_MAX, 0);
				assert_unexpected(&both, &both.client);
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z1 Z19 RFC 8446 5.1 a handshake in records of 1 to 500 bytes, both ways", in_pieces),
	    TEST("Z1 Z19 the same after a HelloRetryRequest", in_pieces_after_a_retry),
	    TEST("Z19 E9 a message that begins before this end has answered is refused", before_ones_answer),
	    TEST("Z19 E9 another record between a message's pieces is refused", other_records_between_the_pieces),
	};

	warm_up();
	return cmocka_run_group_tests_name("message pieces", tests, NULL, NULL);
}
