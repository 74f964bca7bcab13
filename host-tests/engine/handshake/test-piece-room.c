// RFC 8446 §5.1: a message in records of a byte each. Its place grows with it, and is not moved for each of them.

#include "fixture.h"
#include "forge.h"

enum { CERTIFICATE = 11, LENGTH = 16000, HEADER = 4, MOST_MOVES = LENGTH / 512 + 8, MOST_MORE = LENGTH + 1024 };

static void put_bytes(peer *to, const uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const uint8_t record[] = {TLS_HANDSHAKE, 3, 3, 0, 1, bytes[i]};

		queue_put(&to->wire, record, sizeof(record));
	}
}

static void a_byte_a_record(void **state)
{
	static const uint8_t body[LENGTH], header[HEADER] = {CERTIFICATE, 0, LENGTH >> 8, LENGTH & 0xff};
	pair both = forge_pair_in_handshake(TLS12);
	xstls_alloc_counters before = xstls_alloc_count();

	(void)state;
	put_bytes(&both.client, header, sizeof(header));
	put_bytes(&both.client, body, LENGTH - 1);
	peer_take(&both.client, SIZE_MAX, 0);
	assert_int_equal(xstls_session_status(both.client.session), TLS_WAIT_READ);
	assert_true(xstls_alloc_count().calls - before.calls <= MOST_MOVES);
	assert_true(xstls_alloc_count().bytes - before.bytes <= MOST_MORE);
	pair_free(&both);
}

// One that says that it is as long as can be said takes what has come of it, and no more than the longest may.
static void longest(void **state)
{
	static const uint8_t body[LENGTH], header[HEADER] = {CERTIFICATE, 0xff, 0xff, 0xff};
	pair both = forge_pair_in_handshake(TLS12);
	xstls_alloc_counters before = xstls_alloc_count();

	(void)state;
	put_bytes(&both.client, header, sizeof(header));
	peer_take(&both.client, SIZE_MAX, 0);
	assert_true(xstls_alloc_count().bytes - before.bytes <= 1024);
	for (int i = 0; i < 2 && xstls_session_status(both.client.session) != TLS_FAIL; i++) {
		put_bytes(&both.client, body, LENGTH);
		peer_take(&both.client, SIZE_MAX, 0);
	}
	assert_failed(&both.client, TLS_E_RECORD_OVERFLOW, TLS_ALERT_RECORD_OVERFLOW, false);
	pair_free(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z2 Z12 a message in records of one byte is moved each 512 bytes", a_byte_a_record),
	    TEST("Z2 A1 a message that says 2^24 - 1 bytes takes what has come, and ends at the bound", longest),
	};

	return cmocka_run_group_tests_name("piece room", tests, NULL, NULL);
}
