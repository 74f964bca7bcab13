// Row B4: the ClientHello arrives in records of any size, in pieces of any size, and within a limit.

#include "fixture.h"
#include "pair.h"

#include <stdlib.h>

static byte_queue original; // the engine's own ClientHello, one record

static void set_original(uint16_t version)
{
	pair both = pair_of(config_server("ec256", version), config_client(version));

	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	queue_free(&original);
	queue_put(&original, queue_front(&both.server.wire), queue_length(&both.server.wire));
	pair_free(&both);
}

// The same message in records of `size` bytes.
static byte_queue cut(size_t size)
{
	byte_queue cut_up = {0};
	size_t length = queue_length(&original);

	for (size_t at = 5; at < length; at += size) {
		size_t count = length - at < size ? length - at : size;
		const uint8_t header[] = {22, 3, 1, (uint8_t)(count >> 8), (uint8_t)count};

		queue_put(&cut_up, header, sizeof(header));
		queue_put(&cut_up, queue_front(&original) + at, count);
	}
	return cut_up;
}

static xstls_session *server_session(uint16_t version)
{
	xstls_config *config = config_server("ec256", version);
	xstls_session *session = xstls_session_new(config, TLS_SERVER, NULL);

	xstls_config_release(config);
	return session;
}

static void every_record_size(void **state)
{
	static const uint16_t versions[] = {TLS12, TLS13};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		set_original(versions[i]);
		for (size_t size = 1; size < queue_length(&original); size++) {
			xstls_session *session = server_session(versions[i]);
			byte_queue records = cut(size);

			assert_int_equal(xstls_session_feed(session, queue_front(&records), queue_length(&records)),
			                 queue_length(&records));
			assert_int_equal(xstls_session_failure(session).code, TLS_E_NONE);
			assert_true(xstls_session_pending(session) > 100); // its answer
			queue_free(&records);
			xstls_session_free(session);
		}
	}
}

static void every_split_in_two(void **state)
{
	(void)state;
	set_original(TLS13);
	for (size_t at = 1; at < queue_length(&original); at++) {
		xstls_session *session = server_session(TLS13);

		assert_int_equal(xstls_session_feed(session, queue_front(&original), at), at);
		assert_int_equal(xstls_session_pending(session), 0);
		xstls_session_feed(session, queue_front(&original) + at, queue_length(&original) - at);
		assert_true(xstls_session_pending(session) > 100);
		xstls_session_free(session);
	}
}

// Beyond a browser's length memory follows the bytes that came, not the length that was announced.
static void little_memory_until_complete(void **state)
{
	const uint8_t start[] = {22, 3, 1, 0x20, 0, 1, 0, 0x1f, 0xfc};
	xstls_session *session = server_session(TLS13);
	size_t bytes = xstls_alloc_count().bytes;

	(void)state;
	assert_int_equal(xstls_session_feed(session, start, sizeof(start)), sizeof(start));
	assert_int_equal(xstls_session_status(session), TLS_WAIT_READ);
	assert_true(xstls_alloc_count().bytes - bytes < 1024);
	xstls_session_free(session);
}

static void expect(const uint8_t *bytes, size_t length, xstls_error code)
{
	xstls_session *session = server_session(TLS13);

	xstls_session_feed(session, bytes, length);
	assert_int_equal(xstls_session_failure(session).code, code);
	assert_int_equal(xstls_session_pending(session), 7);
	xstls_session_free(session);
}

static void refused(void **state)
{
	const uint8_t too_long[] = {22, 3, 1, 0, 4, 1, 0, 0x1f, 0xfd};
	const uint8_t other_message[] = {22, 3, 1, 0, 4, 11, 0, 0, 1};
	const uint8_t alert_between[] = {22, 3, 1, 0, 2, 1, 0, 21, 3, 1, 0, 2, 1, 0};
	const uint8_t followed[] = {22, 3, 1, 0, 6, 1, 0, 0, 1, 3, 3};

	(void)state;
	expect(too_long, sizeof(too_long), TLS_E_RECORD_OVERFLOW);
	expect(other_message, sizeof(other_message), TLS_E_UNEXPECTED_MESSAGE);
	expect(alert_between, sizeof(alert_between), TLS_E_UNEXPECTED_MESSAGE);
	expect(followed, sizeof(followed), TLS_E_UNEXPECTED_MESSAGE);
	queue_free(&original);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B4 a ClientHello in records of every size", every_record_size),
	    TEST("B4 a ClientHello split at every byte", every_split_in_two),
	    TEST("B4 Z3 memory follows the bytes of a ClientHello, not its announced length", little_memory_until_complete),
	    TEST("B4 a ClientHello over the limit, or not one at all, is refused", refused),
	};

	return cmocka_run_group_tests_name("hello records", tests, NULL, NULL);
}
