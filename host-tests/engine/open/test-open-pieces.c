// Messages after the handshake in records of one byte: each counts once among what comes without plaintext.

#include "fixture.h"
#include "forge.h"

enum { TICKET = 200, MOST_EMPTY = 32 };

// A NewSessionTicket: lifetime, age, a nonce and a ticket, no extensions.
static const uint8_t ticket[4 + 4 + 4 + 1 + 8 + 2 + TICKET + 2] = {
    4, 0, 0, 4 + 4 + 1 + 8 + 2 + TICKET + 2, 0, 0, 14, 16, 1, 2, 3, 4, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, TICKET};

static void put_bytes(pair *both, const uint8_t *message, size_t length)
{
	for (size_t i = 0; i < length; i++)
		forge_record(&both->server, &both->client, TLS_HANDSHAKE, message + i, 1);
	forge_deliver(&both->client, 0);
}

static void tickets_byte_by_byte(void **state)
{
	pair both = forge_open_pair(TLS13);

	(void)state;
	// The server's own came before.
	for (int i = 0; i < MOST_EMPTY - 1; i++)
		put_bytes(&both, ticket, sizeof(ticket));
	forge_assert_flows(&both.server, &both.client);
	for (int i = 0; i < MOST_EMPTY + 1; i++) {
		assert_true(xstls_session_is_established(both.client.session));
		put_bytes(&both, ticket, sizeof(ticket));
	}
	assert_failed(&both.client, TLS_E_UNEXPECTED_MESSAGE, TLS_ALERT_UNEXPECTED_MESSAGE, false);
	pair_free(&both);
}

// One that is passed over may have 131 kB.
static void a_long_ticket_byte_by_byte(void **state)
{
	static const uint8_t message[3 + MOST_EMPTY + 1] = {4, 1, 0, 0}; // its header is whole with the fourth
	pair both = forge_open_pair(TLS13);

	(void)state;
	forge_assert_flows(&both.server, &both.client);
	put_bytes(&both, message, sizeof(message) - 1);
	assert_true(xstls_session_is_established(both.client.session));
	put_bytes(&both, message + sizeof(message) - 1, 1);
	assert_failed(&both.client, TLS_E_UNEXPECTED_MESSAGE, TLS_ALERT_UNEXPECTED_MESSAGE, false);
	pair_free(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z1 Z19 tickets in records of one byte: 32 in a row pass, 33 do not", tickets_byte_by_byte),
	    TEST("Z1 pieces of a ticket that is too long to be kept are counted", a_long_ticket_byte_by_byte),
	};

	return cmocka_run_group_tests_name("open pieces", tests, NULL, NULL);
}
