#include "machine.h"

static int here, there; // owners

static void what_comes_before_a_script_takes_the_connection_is_kept_and_told_at_once(void **state)
{
	xstls_listener *listener = machineListen(&here);
	xstls_connection *connection;
	struct tcp_pcb *pcb;

	(void)state;
	pcb = fakeAccept(1234);
	assert_true(fakeReceive(pcb, "ClientHello"));
	assert_event(&here, xstls_event_readable, 1);
	connection = xstls_listener_read(listener);
	xstls_connection_own(connection, &there);
	assert_event(&there, xstls_event_readable, 11);
	assert_string_equal(machineRead(connection), "ClientHello");
	assert_int_equal(pcb->unread, 0);
	xstls_connection_close(connection);
	xstls_listener_close(listener);
}

static void what_comes_while_it_goes_from_one_owner_to_another_is_not_lost(void **state)
{
	xstls_listener *listener = machineListen(&here);
	struct tcp_pcb *pcb = fakeAccept(1234);
	xstls_connection *connection;

	(void)state;
	assert_event(&here, xstls_event_readable, 1);
	connection = xstls_listener_read(listener);
	assert_true(fakeReceive(pcb, "first "));
	xstls_connection_own(connection, &here);
	assert_true(fakeReceive(pcb, "second "));
	xstls_connection_own(connection, &there);
	assert_true(fakeReceive(pcb, "third"));
	assert_event(&there, xstls_event_readable, 18);
	assert_event(&there, xstls_event_writable, fakeWindow);
	assert_no_event();
	assert_string_equal(machineRead(connection), "first second third");
	xstls_connection_close(connection);
	xstls_listener_close(listener);
}

static void connections_beyond_the_queue_are_not_answered_until_one_is_taken(void **state)
{
	xstls_listener *listener = machineListen(&here);
	xstls_connection *connection;

	(void)state;
	for (u16_t i = 0; i < xstls_tcp_waiting; i++)
		assert_non_null(fakeAccept(i));
	assert_null(fakeAccept(99));
	assert_int_equal(fake.resets, 0);
	assert_int_equal(fake.unanswered, 1);
	assert_event(&here, xstls_event_readable, xstls_tcp_waiting);
	assert_no_event();
	assert_int_equal(xstls_listener_waiting(listener), xstls_tcp_waiting);
	connection = xstls_listener_read(listener);
	assert_non_null(fakeAccept(99));
	assert_null(fakeAccept(100));
	xstls_connection_close(connection);
	xstls_listener_close(listener);
	assert_int_equal(fake.resets, xstls_tcp_waiting);
	assert_int_equal(fake.delayed, 0);
}

// lwIP makes one that was being opened when the last place was taken.
static void one_that_comes_beyond_the_queue_all_the_same_is_reset(void **state)
{
	xstls_listener *listener = machineListen(&here);

	(void)state;
	for (u16_t i = 0; i < xstls_tcp_waiting; i++)
		assert_non_null(fakeAccept(i));
	fake.listening->backlog++;
	assert_null(fakeAccept(99));
	assert_int_equal(fake.resets, 1);
	xstls_listener_close(listener);
	assert_int_equal(fake.resets, 1 + xstls_tcp_waiting);
}

static void a_connection_that_is_reset_while_it_waits_leaves_its_place(void **state)
{
	xstls_listener *listener = machineListen(&here);
	struct tcp_pcb *pcbs[3];
	xstls_connection *connection;

	(void)state;
	for (u16_t i = 0; i < 3; i++)
		assert_non_null(pcbs[i] = fakeAccept((u16_t)(i + 1)));
	assert_true(fakeReceive(pcbs[1], "unread"));
	fakeReset(pcbs[1]);
	assert_event(&here, xstls_event_readable, 2);
	for (u16_t i = 0; i < 2; i++) {
		connection = xstls_listener_read(listener);
		assert_int_equal(xstls_connection_remote_port(connection), i ? 3 : 1);
		xstls_connection_close(connection);
	}
	assert_null(xstls_listener_read(listener));
	xstls_listener_close(listener);
}

static void one_that_waits_keeps_no_more_than_a_little(void **state)
{
	static char bytes[1461];
	xstls_listener *listener = machineListen(&here);
	struct tcp_pcb *pcb = fakeAccept(1);
	xstls_connection *connection;

	(void)state;
	memset(bytes, 'x', 1460);
	assert_true(fakeReceive(pcb, bytes));
	assert_true(fakeReceive(pcb, bytes));
	assert_false(fakeReceive(pcb, "more"));
	assert_event(&here, xstls_event_readable, 1);
	connection = xstls_listener_read(listener);
	xstls_connection_own(connection, &there);
	assert_event(&there, xstls_event_readable, 2920);
	assert_true(fakeTick(pcb));
	assert_event(&there, xstls_event_readable, 2924);
	xstls_connection_close(connection);
	xstls_listener_close(listener);
}

// Eight times as much as one of them.
static void all_that_wait_keep_no_more_than_a_little_together(void **state)
{
	static char bytes[2921];
	xstls_listener *listener = machineListen(&here);
	struct tcp_pcb *last = NULL;
	xstls_connection *connection;

	(void)state;
	memset(bytes, 'x', 2920);
	for (u16_t i = 0; i < 8; i++) {
		last = fakeAccept(i);
		assert_true(fakeReceive(last, bytes));
	}
	last = fakeAccept(8);
	assert_false(fakeReceive(last, "more"));
	connection = xstls_listener_read(listener);
	assert_true(fakeTick(last));
	xstls_connection_close(connection);
	xstls_listener_close(listener);
}

static void a_port_that_is_taken_is_said(void **state)
{
	xstls_listener *listener = NULL;

	(void)state;
	fake.bindError = ERR_USE;
	assert_int_equal(xstls_listener_open(&machine, NULL, 443, &here, &listener), xstls_tcp_in_use);
	assert_int_equal(xstls_listener_open(&machine, "no address", 443, &here, &listener), xstls_tcp_bad_address);
	fake.isCallRefused = true;
	assert_int_equal(xstls_listener_open(&machine, NULL, 443, &here, &listener), xstls_tcp_no_memory);
	assert_null(listener);
}

static void lwip_without_memory_for_a_connection_harms_nobody(void **state)
{
	xstls_listener *listener = machineListen(&here);

	(void)state;
	fakeAcceptWithoutMemory();
	assert_no_event();
	assert_int_equal(xstls_listener_port(listener), 443);
	xstls_listener_close(listener);
}

int main(void)
{
#define MACHINE_TEST(_TEST)                                                                                            \
	{                                                                                                                  \
#_TEST, _TEST, machineStart, machineEnd, NULL                                                                  \
	}
	const struct CMUnitTest tests[] = {
	    MACHINE_TEST(what_comes_before_a_script_takes_the_connection_is_kept_and_told_at_once),
	    MACHINE_TEST(what_comes_while_it_goes_from_one_owner_to_another_is_not_lost),
	    MACHINE_TEST(connections_beyond_the_queue_are_not_answered_until_one_is_taken),
	    MACHINE_TEST(one_that_comes_beyond_the_queue_all_the_same_is_reset),
	    MACHINE_TEST(a_connection_that_is_reset_while_it_waits_leaves_its_place),
	    MACHINE_TEST(one_that_waits_keeps_no_more_than_a_little),
	    MACHINE_TEST(all_that_wait_keep_no_more_than_a_little_together),
	    MACHINE_TEST(a_port_that_is_taken_is_said),
	    MACHINE_TEST(lwip_without_memory_for_a_connection_harms_nobody),
	};

	return cmocka_run_group_tests_name("tcp-listener", tests, NULL, NULL);
}
