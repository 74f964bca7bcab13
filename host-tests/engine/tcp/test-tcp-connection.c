#include "connected.h"

static int there; // another owner

static void one_message_wakes_the_task_however_much_there_is(void **state)
{
	int wakes;

	(void)state;
	assert_no_event();
	wakes = machineWakes;
	for (int i = 0; i < 20; i++)
		assert_true(fakeReceive(pcb, "x"));
	fakeAcknowledge(pcb);
	assert_int_equal(machineWakes, wakes + 1);
	assert_event(&here, xstls_event_readable, 20);
	assert_event(&here, xstls_event_writable, fakeWindow);
	assert_no_event();
	machineRead(connection);
}

static void a_task_that_could_not_be_woken_is_told_later(void **state)
{
	(void)state;
	assert_no_event();
	machineCannotBeWoken = true;
	assert_true(fakeReceive(pcb, "x"));
	assert_no_event();
	machineCannotBeWoken = false;
	fakePoll(pcb);
	assert_event(&here, xstls_event_readable, 1);
	machineRead(connection);
}

static void nothing_is_told_of_a_connection_that_was_closed_meanwhile(void **state)
{
	struct tcp_pcb *other;
	xstls_connection *second = machineAccept(listener, &there, &other);

	(void)state;
	assert_no_event();
	assert_true(fakeReceive(pcb, "x"));
	assert_true(fakeReceive(other, "x"));
	assert_event(&here, xstls_event_readable, 1);
	xstls_connection_close(second);
	assert_no_event();
	machineRead(connection);
}

static void the_end_comes_after_all_that_was_sent_before_it(void **state)
{
	(void)state;
	assert_true(fakeReceive(pcb, "last words"));
	fakeFin(pcb);
	assert_event(&here, xstls_event_readable, 10);
	assert_no_event();
	assert_string_equal(machineRead(connection), "last words");
	assert_event(&here, xstls_event_ended, 0);
	assert_no_event();
}

static void a_peer_that_has_closed_its_own_direction_takes_what_is_sent(void **state)
{
	uint32_t room;

	(void)state;
	assert_true(fakeReceive(pcb, "GET"));
	fakeFin(pcb);
	assert_event(&here, xstls_event_readable, 3);
	machineRead(connection);
	assert_int_equal(writeText("answer", &room), xstls_tcp_ok);
	assert_no_event();
	fakeAcknowledge(pcb);
	assert_event(&here, xstls_event_writable, fakeWindow);
	assert_event(&here, xstls_event_ended, 0);
	assert_int_equal(writeText("late", &room), xstls_tcp_over);
	assert_memory_equal(fake.sent, "answer", 6);
}

static void a_reset_leaves_what_came_before_to_be_read(void **state)
{
	uint32_t room;

	(void)state;
	assert_true(fakeReceive(pcb, "last"));
	fakeReset(pcb);
	assert_event(&here, xstls_event_readable, 4);
	assert_int_equal(writeText("late", &room), xstls_tcp_over);
	assert_string_equal(machineRead(connection), "last");
	assert_event(&here, xstls_event_ended, 0);
}

static void a_reset_over_what_was_sent_is_told_though_bytes_are_unread(void **state)
{
	uint32_t room;

	(void)state;
	assert_int_equal(writeText("taken", &room), xstls_tcp_ok);
	fakeAcknowledge(pcb);
	assert_int_equal(writeText("not taken", &room), xstls_tcp_ok);
	assert_true(fakeReceive(pcb, "unread"));
	fakeReset(pcb);
	assert_event(&here, xstls_event_readable, 6);
	assert_event(&here, xstls_event_ended, 0);
	assert_no_event();
}

static void a_write_after_a_reset_ends_though_bytes_are_unread(void **state)
{
	uint32_t room;

	(void)state;
	assert_int_equal(writeText("taken", &room), xstls_tcp_ok);
	fakeAcknowledge(pcb);
	assert_true(fakeReceive(pcb, "unread"));
	fakeReset(pcb);
	assert_event(&here, xstls_event_readable, 6);
	assert_no_event();
	assert_int_equal(writeText("late", &room), xstls_tcp_over);
	assert_event(&here, xstls_event_ended, 0);
	assert_no_event();
}

static void closing_over_unread_bytes_resets_and_else_does_not(void **state)
{
	struct tcp_pcb *other;
	xstls_connection *second = machineAccept(listener, &here, &other);

	(void)state;
	assert_true(fakeReceive(other, "unread"));
	xstls_connection_close(second);
	assert_int_equal(fake.resets, 1);
	second = machineAccept(listener, &here, &other);
	assert_true(fakeReceive(other, "read"));
	machineRead(second);
	xstls_connection_close(second);
	assert_int_equal(fake.resets, 1);
	assert_int_equal(fake.fins, 1);
}

static void an_end_of_what_is_sent_leaves_the_other_direction(void **state)
{
	(void)state;
	xstls_connection_end(connection);
	assert_int_equal(fake.fins, 1);
	assert_true(fakeReceive(pcb, "still here"));
	assert_event(&here, xstls_event_readable, 10);
	machineRead(connection);
}

static void a_connection_that_both_ends_have_ended_is_lwips_own(void **state)
{
	uint32_t room;

	(void)state;
	xstls_connection_end(connection);
	assert_int_equal(writeText("late", &room), xstls_tcp_over);
	assert_true(fakeReceive(pcb, "last"));
	fakeFin(pcb);
	fakeForget(pcb);
	assert_event(&here, xstls_event_readable, 4);
	assert_string_equal(machineRead(connection), "last");
	assert_event(&here, xstls_event_ended, 0);
}

int main(void)
{
#define CONNECTION_TEST(_TEST)                                                                                         \
	{                                                                                                                  \
#_TEST, _TEST, start, end, NULL                                                                                \
	}
	const struct CMUnitTest tests[] = {
	    CONNECTION_TEST(one_message_wakes_the_task_however_much_there_is),
	    CONNECTION_TEST(a_task_that_could_not_be_woken_is_told_later),
	    CONNECTION_TEST(nothing_is_told_of_a_connection_that_was_closed_meanwhile),
	    CONNECTION_TEST(the_end_comes_after_all_that_was_sent_before_it),
	    CONNECTION_TEST(a_peer_that_has_closed_its_own_direction_takes_what_is_sent),
	    CONNECTION_TEST(a_reset_leaves_what_came_before_to_be_read),
	    CONNECTION_TEST(a_reset_over_what_was_sent_is_told_though_bytes_are_unread),
	    CONNECTION_TEST(a_write_after_a_reset_ends_though_bytes_are_unread),
	    CONNECTION_TEST(closing_over_unread_bytes_resets_and_else_does_not),
	    CONNECTION_TEST(an_end_of_what_is_sent_leaves_the_other_direction),
	    CONNECTION_TEST(a_connection_that_both_ends_have_ended_is_lwips_own),
	};

	return cmocka_run_group_tests_name("tcp-connection", tests, NULL, NULL);
}
