// Row B6: a ticket that is not, to the last bit, what this server gave is none.

#include "fixture.h"
#include "tickets.h"

static const uint16_t versions[] = {TLS12, TLS13};

typedef void test_with(ticket_giver *giver, uint8_t *ticket, size_t length);

static void with_ticket(test_with *test)
{
	for (size_t i = 0; i < 2; i++) {
		ticket_giver giver = tickets_begin(versions[i]);
		uint8_t ticket[2048];
		size_t length = tickets_write(&giver, ticket, sizeof(ticket) - 1);
		xstls_alloc_counters before = xstls_alloc_count();

		assert_true(tickets_read(&giver, ticket, length));
		test(&giver, ticket, length);
		assert_true(tickets_read(&giver, ticket, length));
		assert_same_memory(before);
		tickets_end(&giver);
	}
}

static void flip(ticket_giver *giver, uint8_t *ticket, size_t length)
{
	for (size_t i = 0; i < 8 * length; i++) {
		ticket[i / 8] ^= 1 << i % 8;
		if (tickets_read(giver, ticket, length))
			fail_msg("taken with bit %zu of byte %zu flipped", i % 8, i / 8);
		ticket[i / 8] ^= 1 << i % 8;
	}
}

static void every_bit(void **state)
{
	(void)state;
	with_ticket(flip);
}

static void cut(ticket_giver *giver, uint8_t *ticket, size_t length)
{
	for (size_t left = 0; left < length; left++)
		if (tickets_read(giver, ticket, left))
			fail_msg("taken when cut to %zu of %zu bytes", left, length);
	ticket[length] = 0;
	assert_false(tickets_read(giver, ticket, length + 1));
}

static void every_length(void **state)
{
	(void)state;
	with_ticket(cut);
}

static void no_two_alike(void **state)
{
	ticket_giver giver = tickets_begin(TLS12);
	uint8_t first[2048], second[2048];
	size_t length = tickets_write(&giver, first, sizeof(first));

	(void)state;
	assert_int_equal(tickets_write(&giver, second, sizeof(second)), length);
	assert_int_not_equal(memcmp(first, second, length), 0);
	tickets_end(&giver);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B6 a ticket with any bit flipped is none", every_bit),
	    TEST("B6 a ticket cut off anywhere, or lengthened, is none", every_length),
	    TEST("B6 two tickets of one session are not alike", no_two_alike),
	};

	return cmocka_run_group_tests_name("ticket input", tests, NULL, NULL);
}
