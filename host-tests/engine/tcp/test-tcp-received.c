// What has come and waits to be read.

#include "connected.h"

static void segments_of_a_byte_take_no_more_memory_than_their_bytes(void **state)
{
	char bytes[301] = {0};

	(void)state;
	for (int i = 0; i < 300; i++)
		assert_true(fakeReceive(pcb, i % 2 ? "b" : "a"));
	assert_int_equal(fake.pbufs, 2);
	assert_int_equal(xstls_connection_readable(connection), 300);
	xstls_connection_read(connection, bytes, 2);
	assert_true(fakeReceive(pcb, "cd"));
	memcpy(bytes, machineRead(connection), 300);
	for (int i = 0; i < 298; i++)
		assert_int_equal(bytes[i], i % 2 ? 'b' : 'a');
	assert_string_equal(bytes + 298, "cd");
	assert_int_equal(fake.pbufs, 0);
}

static void what_comes_behind_room_of_the_last_buffer_is_cut(void **state)
{
	static char first[251], second[301];

	(void)state;
	memset(first, 'x', sizeof(first) - 1);
	memset(second, 'y', sizeof(second) - 1);
	second[6] = 'z';
	assert_true(fakeReceive(pcb, first));
	assert_true(fakeReceive(pcb, second));
	const char *all = machineRead(connection);
	assert_memory_equal(all, first, 250);
	assert_string_equal(all + 250, second);
	assert_int_equal(pcb->unread, 0);
}

static void what_comes_without_memory_is_brought_again(void **state)
{
	(void)state;
	assert_true(fakeReceive(pcb, "ab"));
	fake.isPbufRefused = true;
	assert_true(fakeReceive(pcb, "cd"));
	assert_string_equal(machineRead(connection), "abcd");
	assert_false(fakeReceive(pcb, "ef"));
	assert_int_equal(xstls_connection_readable(connection), 0);
	fake.isPbufRefused = false;
	assert_true(fakeTick(pcb));
	assert_string_equal(machineRead(connection), "ef");
}

// lwIP would forget such a connection without a word, with what it has refused, and what is closed later would be one
// that it has freed.
static void what_comes_without_memory_behind_the_own_end_ends_the_connection(void **state)
{
	(void)state;
	assert_true(fakeReceive(pcb, "ab"));
	xstls_connection_end(connection);
	machineRead(connection);
	fake.isPbufRefused = true;
	assert_true(fakeReceive(pcb, "cd"));
	fake.isPbufRefused = false;
	assert_null(pcb->err);
	assert_event(&here, xstls_event_ended, 0);
	fakeForget(pcb);
}

int main(void)
{
#define RECEIVED_TEST(_TEST)                                                                                           \
	{                                                                                                                  \
#_TEST, _TEST, start, end, NULL                                                                                \
	}
	const struct CMUnitTest tests[] = {
	    RECEIVED_TEST(segments_of_a_byte_take_no_more_memory_than_their_bytes),
	    RECEIVED_TEST(what_comes_behind_room_of_the_last_buffer_is_cut),
	    RECEIVED_TEST(what_comes_without_memory_is_brought_again),
	    RECEIVED_TEST(what_comes_without_memory_behind_the_own_end_ends_the_connection),
	};

	return cmocka_run_group_tests_name("tcp-received", tests, NULL, NULL);
}
