#include "connected.h"

static void what_is_written_goes_at_once_and_more_than_there_is_room_for_does_not(void **state)
{
	static char bytes[fakeWindow + 1];
	uint32_t room = 0;

	(void)state;
	assert_int_equal(writeText("hello", &room), xstls_tcp_ok);
	assert_int_equal(room, fakeWindow - 5);
	assert_int_equal(fake.outputs, 1);
	memset(bytes, 'x', fakeWindow - 4);
	assert_int_equal(writeText(bytes, &room), xstls_tcp_too_much);
	bytes[fakeWindow - 5] = '\0';
	assert_int_equal(writeText(bytes, &room), xstls_tcp_ok);
	assert_int_equal(room, 0);
	fakeAcknowledge(pcb);
	assert_event(&here, xstls_event_writable, fakeWindow);
}

static void what_lwip_has_no_place_for_is_kept_and_goes_in_order(void **state)
{
	uint32_t room = 0;

	(void)state;
	for (int i = 0; i < fakeQueue; i++)
		assert_int_equal(writeText("0", &room), xstls_tcp_ok);
	assert_int_equal(writeText("12", &room), xstls_tcp_ok);
	assert_int_equal(room, 0);
	assert_int_equal(writeText("34", &room), xstls_tcp_ok);
	assert_int_equal(fake.sentLength, fakeQueue);
	fakeAcknowledge(pcb);
	assert_event(&here, xstls_event_writable, fakeWindow - 4);
	assert_int_equal(writeText("5", &room), xstls_tcp_ok);
	assert_memory_equal(fake.sent + fakeQueue, "12345", 5);
}

static void what_waits_for_memory_is_tried_again_twice_a_second(void **state)
{
	uint32_t room = 0;

	(void)state;
	fake.isFull = true;
	assert_int_equal(writeText("abc", &room), xstls_tcp_ok);
	fakePoll(pcb);
	assert_int_equal(fake.sentLength, 0);
	fake.isFull = false;
	fakePoll(pcb);
	assert_memory_equal(fake.sent, "abc", 3);
	fakeAcknowledge(pcb);
	assert_event(&here, xstls_event_writable, fakeWindow);
}

static void without_any_memory_the_connection_ends_and_nothing_is_left_out(void **state)
{
	uint32_t room = 0;

	(void)state;
	fake.isFull = fake.isPbufRefused = true;
	assert_int_equal(writeText("abc", &room), xstls_tcp_ok);
	assert_int_equal(fake.resets, 1);
	assert_int_equal(writeText("def", &room), xstls_tcp_over);
	assert_event(&here, xstls_event_ended, 0);
	fake.isFull = fake.isPbufRefused = false;
}

static void a_connection_that_is_closed_before_all_is_sent_is_reset(void **state)
{
	struct tcp_pcb *other;
	xstls_connection *second = machineAccept(listener, &here, &other);
	uint32_t room = 0;

	(void)state;
	fake.isFull = true;
	assert_int_equal(xstls_connection_write(second, "abc", 3, &room), xstls_tcp_ok);
	xstls_connection_close(second);
	assert_int_equal(fake.resets, 1);
}

static void the_end_goes_behind_what_waits(void **state)
{
	uint32_t room = 0;

	(void)state;
	fake.isFull = true;
	assert_int_equal(writeText("last", &room), xstls_tcp_ok);
	xstls_connection_end(connection);
	xstls_connection_end(connection);
	assert_int_equal(fake.fins, 0);
	fake.isFull = false;
	fakePoll(pcb);
	assert_memory_equal(fake.sent, "last", 4);
	assert_int_equal(fake.fins, 1);
	fakePoll(pcb);
	assert_int_equal(fake.fins, 1);
}

static void bytes_are_read_in_pieces_across_segments(void **state)
{
	char bytes[4] = {0};

	(void)state;
	assert_true(fakeReceive(pcb, "ab"));
	assert_true(fakeReceive(pcb, "cdef"));
	assert_event(&here, xstls_event_readable, 6);
	xstls_connection_read(connection, bytes, 3);
	assert_string_equal(bytes, "abc");
	assert_int_equal(pcb->unread, 3);
	assert_int_equal(xstls_connection_readable(connection), 3);
	assert_string_equal(machineRead(connection), "def");
	assert_int_equal(pcb->unread, 0);
}

static void a_client_is_told_when_it_has_connected_and_when_it_has_not(void **state)
{
	xstls_connection *client = NULL;
	uint32_t room;

	(void)state;
	assert_int_equal(xstls_connection_open(&machine, "10.0.0.2", 80, &here, &client), xstls_tcp_ok);
	assert_int_equal(xstls_connection_write(client, "x", 1, &room), xstls_tcp_too_much);
	fakeConnected(fake.connecting);
	assert_event(&here, xstls_event_writable, fakeWindow);
	xstls_connection_close(client);
	assert_int_equal(xstls_connection_open(&machine, "10.0.0.2", 80, &here, &client), xstls_tcp_ok);
	fakeReset(fake.connecting);
	assert_event(&here, xstls_event_ended, 0);
	xstls_connection_close(client);
	fake.connectError = ERR_VAL;
	assert_int_equal(xstls_connection_open(&machine, "10.0.0.2", 80, &here, &client), xstls_tcp_refused);
	assert_int_equal(xstls_connection_open(&machine, "example.com", 80, &here, &client), xstls_tcp_bad_address);
}

int main(void)
{
#define STREAM_TEST(_TEST)                                                                                             \
	{                                                                                                                  \
#_TEST, _TEST, start, end, NULL                                                                                \
	}
	const struct CMUnitTest tests[] = {
	    STREAM_TEST(what_is_written_goes_at_once_and_more_than_there_is_room_for_does_not),
	    STREAM_TEST(what_lwip_has_no_place_for_is_kept_and_goes_in_order),
	    STREAM_TEST(what_waits_for_memory_is_tried_again_twice_a_second),
	    STREAM_TEST(without_any_memory_the_connection_ends_and_nothing_is_left_out),
	    STREAM_TEST(a_connection_that_is_closed_before_all_is_sent_is_reset),
	    STREAM_TEST(the_end_goes_behind_what_waits),
	    STREAM_TEST(bytes_are_read_in_pieces_across_segments),
	    STREAM_TEST(a_client_is_told_when_it_has_connected_and_when_it_has_not),
	};

	return cmocka_run_group_tests_name("tcp-stream", tests, NULL, NULL);
}
