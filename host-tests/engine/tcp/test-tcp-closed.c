// What lwIP keeps of connections that are closed is bounded: 600 in TIME-WAIT had all of an ESP32-C3's C heap.

#include "connected.h"

#include "lwip/priv/tcp_priv.h"

enum { mostClosed = MEMP_NUM_TCP_PCB };

static uint32_t length(const struct tcp_pcb *list)
{
	uint32_t count = 0;

	for (; list; list = list->next)
		count++;
	return count;
}

// The listener, and the connection that is open all the time.
static uint32_t closing(void)
{
	return length(tcp_active_pcbs) - 2;
}

// A connection whose peer is sent so many bytes, and takes none of them.
static xstls_connection *sendOver(uint16_t count, struct tcp_pcb **peer)
{
	static char bytes[fakeWindow];
	xstls_connection *over = machineAccept(listener, &here, peer);
	uint32_t room;

	if (count)
		assert_int_equal(xstls_connection_write(over, bytes, count, &room), xstls_tcp_ok);
	return over;
}

static struct tcp_pcb *closeOver(uint16_t count)
{
	struct tcp_pcb *peer;

	xstls_connection_close(sendOver(count, &peer));
	return peer;
}

static int startKeeping(void **state)
{
	start(state);
	fake.keepsClosed = true;
	return 0;
}

static int endKeeping(void **state)
{
	fake.keepsClosed = false;
	while (tcp_tw_pcbs)
		fakeForget(tcp_tw_pcbs);
	while (closing())
		fakeForget(tcp_active_pcbs);
	return end(state);
}

static void those_that_wait_behind_their_end_are_no_more_than_lwip_is_configured_for(void **state)
{
	struct tcp_pcb *first = NULL, *last = NULL;

	(void)state;
	for (int i = 0; i < 3 * mostClosed; i++) {
		last = closeOver(0);
		first = first ? first : last;
		fakeFinOfClosed(last);
	}
	assert_int_equal(length(tcp_tw_pcbs), mostClosed);
	assert_true(tcp_tw_pcbs == last);
	assert_int_equal(fake.resets, 0);
	assert_int_equal(closing(), 0);
}

static void those_whose_peers_do_not_close_are_no_more_either(void **state)
{
	struct tcp_pcb *first = closeOver(0), *second = NULL;

	(void)state;
	tcp_ticks += 9;
	for (int i = 1; i < mostClosed; i++)
		closeOver(0);
	assert_int_equal(fake.resets, 0);
	second = closeOver(0);
	assert_int_equal(closing(), mostClosed);
	assert_int_equal(fake.resets, 1);
	assert_true(tcp_active_pcbs == second);
	for (struct tcp_pcb *each = tcp_active_pcbs; each; each = each->next)
		assert_true(each != first);
}

static void what_peers_do_not_take_is_bounded_together_and_the_oldest_goes(void **state)
{
	struct tcp_pcb *older, *younger, *last;

	(void)state;
	closeOver(0);
	tcp_ticks += 96;
	older = closeOver(fakeWindow);
	tcp_ticks += 3;
	younger = closeOver(fakeWindow);
	assert_int_equal(fake.resets, 0);
	last = closeOver(1);
	assert_int_equal(fake.resets, 1);
	assert_true(last == tcp_active_pcbs);
	assert_int_equal(closing(), 3);
	for (struct tcp_pcb *each = tcp_active_pcbs; each; each = each->next)
		assert_true(each != older);
	assert_int_equal(younger->snd_buf, 0);
}

static void one_that_does_not_take_all_is_given_up_after_a_minute(void **state)
{
	struct tcp_pcb *peer = closeOver(100);

	(void)state;
	// Whatever it takes a little of meanwhile: lwIP then counts anew towards the next time that it calls.
	assert_int_equal(peer->pollInterval, 1);
	tcp_ticks += 119;
	fakePoll(peer);
	assert_int_equal(fake.resets, 0);
	tcp_ticks++;
	fakePoll(peer);
	assert_int_equal(fake.resets, 1);
	assert_int_equal(closing(), 0);
}

// lwIP then calls for nobody any more, and there is nothing left to close.
static void what_they_do_not_take_is_bounded_where_both_ends_close_at_once_too(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		struct tcp_pcb *peer;
		xstls_connection *over = sendOver(fakeWindow, &peer);

		xstls_connection_end(over);
		fakeFin(peer);
		xstls_connection_close(over);
		assert_int_equal(peer->pollInterval, 1);
		assert_int_equal(fake.resets, i == 2);
	}
	assert_int_equal(closing(), 2);
}

int main(void)
{
#define CLOSED_TEST(_TEST)                                                                                             \
	{                                                                                                                  \
#_TEST, _TEST, startKeeping, endKeeping, NULL                                                                  \
	}
	const struct CMUnitTest tests[] = {
	    CLOSED_TEST(those_that_wait_behind_their_end_are_no_more_than_lwip_is_configured_for),
	    CLOSED_TEST(those_whose_peers_do_not_close_are_no_more_either),
	    CLOSED_TEST(what_peers_do_not_take_is_bounded_together_and_the_oldest_goes),
	    CLOSED_TEST(one_that_does_not_take_all_is_given_up_after_a_minute),
	    CLOSED_TEST(what_they_do_not_take_is_bounded_where_both_ends_close_at_once_too),
	};

	return cmocka_run_group_tests_name("tcp-closed", tests, NULL, NULL);
}
