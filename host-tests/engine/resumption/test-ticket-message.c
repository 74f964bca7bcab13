// The NewSessionTicket of a TLS 1.3 server (RFC 8446 §4.6.1), as its client receives it.

#include "fixture.h"
#include "keeping.h"

#include "record-limit.h"
#include "session/tls-session-state.h"

enum { NEW_SESSION_TICKET = 4, NONCE_AT = 4 + 4 + 4, MOST = 1024 };

typedef struct {
	uint8_t bytes[MOST];
	size_t length;
} message;

static xstls_config *server_of(xstls_resumption *store)
{
	return keeping_server(&(resumption_way){.version = TLS13, .tickets = true}, store);
}

// All that comes after the handshake, put together.
static message read_tickets(pair *both)
{
	message all = {0};
	xstls_records *records = both->client.session->handshake.state.records;

	while (queue_length(&both->client.wire)) {
		const uint8_t *record = queue_front(&both->client.wire);
		size_t length = TLS_RECORD_HEADER + ((size_t)record[3] << 8 | record[4]), taken = 0, count;
		xstls_opened opened;

		for (; taken < length; taken += count)
			assert_int_equal(xstls_records_take(records, record + taken, length - taken, &count), TLS_E_NONE);
		assert_int_equal(xstls_records_open(records, &opened), TLS_E_NONE);
		assert_int_equal(opened.type, TLS_HANDSHAKE);
		assert_true(all.length + opened.length <= MOST);
		memcpy(all.bytes + all.length, opened.data, opened.length);
		all.length += opened.length;
		xstls_assembly_clear(&records->record);
		queue_drop(&both->client.wire, length);
	}
	return all;
}

// The client's last flight has come, and what the server says to it waits on the wire.
static pair up_to_the_ticket(xstls_config *server, bool takes_tickets)
{
	pair both = pair_of(server, config_client(TLS13));

	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	both.server.session->handshake.takes_tickets &= takes_tickets;
	peer_send(&both.server, &both.client);
	peer_take(&both.client, SIZE_MAX, 0);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	pair_assert_open(&both);
	return both;
}

static void assert_one_ticket(const message *all)
{
	assert_int_equal(all->bytes[0], NEW_SESSION_TICKET);
	assert_int_equal((size_t)all->bytes[2] << 8 | all->bytes[3], all->length - 4);
	assert_int_equal((size_t)all->bytes[6] << 8 | all->bytes[7], 3600);
	assert_int_equal(all->bytes[NONCE_AT], 8);
}

// wolfSSL takes no more than 8 bytes by default.
static void short_nonce(void **state)
{
	xstls_resumption *store = xstls_resumption_new(0, 3600, true);
	uint8_t nonces[2][8], ages[2][4];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		pair both = up_to_the_ticket(server_of(store), true);
		message all = read_tickets(&both);

		assert_one_ticket(&all);
		memcpy(ages[i], all.bytes + 8, 4);
		memcpy(nonces[i], all.bytes + NONCE_AT + 1, 8);
		pair_free(&both);
	}
	assert_memory_not_equal(nonces[0], nonces[1], 8);
	assert_memory_not_equal(ages[0], ages[1], 4);
	xstls_resumption_release(store);
}

static void in_short_records(void **state)
{
	static const size_t limits[] = {63, 64, 100};

	(void)state;
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		xstls_resumption *store = xstls_resumption_new(0, 3600, true);
		pair both;
		message all;

		record_limit_set(limits[i]);
		both = up_to_the_ticket(server_of(store), true);
		record_limit_set(0);
		all = read_tickets(&both);
		assert_one_ticket(&all);
		pair_free(&both);
		xstls_resumption_release(store);
	}
}

// RFC 8446 §4.2.9: a client without psk_dhe_ke could not use it.
static void not_to_everyone(void **state)
{
	xstls_resumption *store = xstls_resumption_new(0, 3600, true);
	pair both = up_to_the_ticket(server_of(store), false);

	(void)state;
	assert_int_equal(queue_length(&both.client.wire), 0);
	pair_free(&both);
	xstls_resumption_release(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B6 the nonce of a ticket has 8 bytes, and is another each time", short_nonce),
	    TEST("B6 A1 a ticket in records of 63 bytes", in_short_records),
	    TEST("B6 no ticket for a client that cannot use it", not_to_everyone),
	};

	return cmocka_run_group_tests_name("ticket message", tests, NULL, NULL);
}
