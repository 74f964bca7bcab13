// TLS 1.3: the messages of a flight changed at random under its keys, cut anew, with other records between them.
// Nothing is an internal error, and what the failure says is what the other end is told. One in two thousand finds what
// test-unknown-signature.c is about.

#include "fixture.h"
#include "forge.h"

enum { MOST = 20000, FLIGHTS = 200, MESSAGES = 6, MESSAGE_HEADER = 4 };

typedef struct {
	uint8_t bytes[MOST];
	size_t length;
} flight;

static unsigned state_of_random;

static size_t below(size_t bound)
{
	state_of_random = state_of_random * 1103515245u + 12345u;
	return (state_of_random >> 12) % bound;
}

static xstls_config *mutual(void)
{
	xstls_config *config = config_draft(&(config_options){.identity = {"ec256"}, .ca = "ca.pem", .version = TLS13});

	assert_int_equal(xstls_config_set_verify(config, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

// Takes a flight off the wire, what is encrypted of it.
static void gather(const pair *both, peer *to, xstls_role writer, flight *all)
{
	xstls_direction in = forge_handshake_keys(both, writer, PSA_KEY_USAGE_DECRYPT);
	static uint8_t body[MOST];

	all->length = 0;
	while (queue_length(&to->wire)) {
		const uint8_t *record = queue_front(&to->wire);
		const size_t length = (size_t)record[3] << 8 | record[4];
		xstls_opened opened;

		memcpy(body, record + TLS_RECORD_HEADER, length);
		if (record[0] == TLS_APPLICATION_DATA &&
		    xstls_protection_open(&in.protection, record[0], body, length, &opened) == PSA_SUCCESS) {
			memcpy(all->bytes + all->length, opened.data, opened.length);
			all->length += opened.length;
		}
		queue_drop(&to->wire, TLS_RECORD_HEADER + length);
	}
	xstls_direction_clear(&in);
}

static size_t start_of(const flight *all, size_t index)
{
	size_t at = 0;

	while (index-- && at + MESSAGE_HEADER <= all->length) {
		const uint8_t *header = all->bytes + at;
		size_t next = at + MESSAGE_HEADER + ((size_t)header[1] << 16 | (size_t)header[2] << 8 | header[3]);

		if (next >= all->length)
			break;
		at = next;
	}
	return at;
}

static void change(flight *all)
{
	const size_t most = all->length - 1, wanted = start_of(all, below(MESSAGES)) + below(below(2) ? 12 : all->length);
	const size_t at = wanted < most ? wanted : most, left = all->length - at, removed = below(left < 9 ? left : 9);

	switch (below(4)) {
	case 0:
		all->bytes[at] ^= (uint8_t)(1 << below(8));
		break;
	case 1:
		memmove(all->bytes + at, all->bytes + at + removed, left - removed);
		all->length -= removed;
		break;
	case 2:
		memmove(all->bytes + at + 3, all->bytes + at, left);
		all->length += 3;
		break;
	default:
		all->length = at + 1;
	}
}

static void put(const pair *both, peer *to, xstls_role writer, const flight *all)
{
	static const size_t most[] = {MOST, 5, 300, 2000};
	static const uint8_t other[] = {1, 90, 0, 2, 40};
	const size_t piece = most[below(4)], others = below(3);
	xstls_direction out = forge_handshake_keys(both, writer, PSA_KEY_USAGE_ENCRYPT);

	for (size_t at = 0, count; at < all->length; at += count) {
		count = piece == MOST ? MOST : 1 + below(piece);
		count = count < all->length - at ? count : all->length - at;
		if (others == 0 && below(8) == 0)
			forge_by(&out, to, (uint8_t)(19 + below(6)), other + below(2), below(4));
		forge_by(&out, to, TLS_HANDSHAKE, all->bytes + at, count);
	}
	xstls_direction_clear(&out);
}

static void assert_told(peer *failed, peer *told)
{
	xstls_failure failure = xstls_session_failure(failed->session);

	assert_int_not_equal(failure.code, TLS_E_INTERNAL);
	queue_drop(&told->wire, queue_length(&told->wire));
	peer_send(failed, told);
	if (failure.alert_received) {
		assert_int_equal(queue_length(&told->wire), 0);
		return;
	}
	peer_take(told, SIZE_MAX, 0);
	assert_failed(told, TLS_E_ALERT_RECEIVED, failure.alert, true);
	assert_int_equal(queue_length(&told->wire), 0);
}

static void try_flight(xstls_role reader)
{
	static flight all;
	pair both = pair_of(mutual(), mutual());
	peer *to = forge_end(&both, reader);
	size_t hello;

	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	hello = TLS_RECORD_HEADER + ((size_t)queue_front(&both.client.wire)[3] << 8 | queue_front(&both.client.wire)[4]);
	peer_take(&both.client, reader == TLS_CLIENT ? hello : SIZE_MAX, 0);
	if (reader == TLS_SERVER)
		peer_send(&both.client, &both.server);
	gather(&both, to, forge_other(reader), &all);
	for (size_t changes = below(3); changes > 0; changes--)
		change(&all);
	put(&both, to, forge_other(reader), &all);
	peer_take(to, SIZE_MAX, below(3) ? 0 : 1 + below(7));
	if (xstls_session_status(to->session) == TLS_FAIL)
		assert_told(to, forge_end(&both, forge_other(reader)));
	pair_free(&both);
}

static void changed(void **state)
{
	(void)state;
	for (unsigned i = 0; i < FLIGHTS; i++) {
		state_of_random = i * 7919 + 17;
		try_flight(i % 2 ? TLS_CLIENT : TLS_SERVER);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B15 E9 a flight changed at random is no internal error, and the other end is told", changed),
	};

	return cmocka_run_group_tests_name("changed flight", tests, NULL, NULL);
}
