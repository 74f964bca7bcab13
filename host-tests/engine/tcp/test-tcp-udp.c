// Packets that come while a script is busy are bounded: the SDK's class keeps all of them, each in a driver's buffer
// of 1.6 kB.

#include "machine.h"

#include "fake-udp.h"

#include "../../../modules/tcp/engine/tcp-udp.h"

static int here; // an owner
static xstls_udp *udp;

static int start(void **state)
{
	machineStart(state);
	assert_int_equal(xstls_udp_open(&machine, 5353, 255, &here, &udp), xstls_tcp_ok);
	return 0;
}

static int end(void **state)
{
	xstls_udp_close(udp);
	return machineEnd(state);
}

static uint32_t takeAll(void)
{
	uint32_t count = 0;

	for (; xstls_udp_first(udp); count++)
		xstls_udp_drop_first(udp);
	return count;
}

static void packets_come_in_order_with_their_senders(void **state)
{
	const xstls_packet *packet;

	(void)state;
	assert_int_equal(fakeUdp.pcb->local_port, 5353);
	assert_int_equal(fakeUdp.pcb->ttl, 255);
	assert_null(xstls_udp_first(udp));
	fakePacket(3, 'a', 1000);
	fakePacket(1472, 'b', 1001);
	assert_event(&here, xstls_event_readable, 2);
	assert_no_event();
	packet = xstls_udp_first(udp);
	assert_int_equal(packet->length, 3);
	assert_memory_equal(packet->bytes, "aaa", 3);
	assert_string_equal(packet->address, "10.0.0.1");
	assert_int_equal(packet->port, 1000);
	xstls_udp_drop_first(udp);
	packet = xstls_udp_first(udp);
	assert_int_equal(packet->length, 1472);
	assert_int_equal(packet->port, 1001);
	fakePacket(0, 'c', 1002);
	assert_event(&here, xstls_event_readable, 2);
	assert_int_equal(takeAll(), 2);
}

static void of_a_flood_of_small_packets_some_wait_and_none_keeps_a_buffer_of_the_driver(void **state)
{
	(void)state;
	for (int i = 0; i < 3 * xstls_udp_waiting; i++)
		fakePacket(1, 'a', 1000);
	assert_int_equal(fake.pbufs, 0);
	assert_int_equal(machineWakes, 1);
	assert_event(&here, xstls_event_readable, xstls_udp_waiting);
	assert_int_equal(takeAll(), xstls_udp_waiting);
	fakePacket(1, 'b', 1000);
	assert_event(&here, xstls_event_readable, 1);
	assert_int_equal(xstls_udp_first(udp)->bytes[0], 'b');
}

static void of_a_flood_of_long_packets_no_more_bytes_wait_than_there_is_room_for(void **state)
{
	(void)state;
	for (int i = 0; i < 100; i++)
		fakePacket(xstls_udp_waiting_all / 4, 'a', 1000);
	assert_int_equal(takeAll(), 4);
	fakePacket(xstls_udp_waiting_all, 'b', 1000);
	fakePacket(1, 'c', 1000);
	assert_int_equal(takeAll(), 1);
	fakePacket(xstls_udp_waiting_all + 1, 'd', 1000);
	assert_null(xstls_udp_first(udp));
}

static void it_sends_one_packet_or_says_why_not(void **state)
{
	(void)state;
	assert_int_equal(xstls_udp_send(udp, "abc", 3, "10.0.0.2", 99), xstls_tcp_ok);
	assert_int_equal(fakeUdp.sentLength, 3);
	assert_memory_equal(fakeUdp.sent, "abc", 3);
	assert_int_equal(fakeUdp.sentAddress, 10u << 24 | 2);
	assert_int_equal(fakeUdp.sentPort, 99);
	assert_int_equal(xstls_udp_send(udp, "abc", 3, "nobody", 99), xstls_tcp_bad_address);
	assert_int_equal(xstls_udp_send(udp, "abc", xstls_udp_most + 1, "10.0.0.2", 99), xstls_tcp_too_much);
	fakeUdp.sendError = ERR_MEM;
	assert_int_equal(xstls_udp_send(udp, "abc", 3, "10.0.0.2", 99), xstls_tcp_refused);
	fake.isPbufRefused = true;
	assert_int_equal(xstls_udp_send(udp, "abc", 3, "10.0.0.2", 99), xstls_tcp_no_memory);
}

static void it_joins_groups_and_leaves_them(void **state)
{
	(void)state;
	assert_int_equal(xstls_udp_join("224.0.0.251", true), xstls_tcp_ok);
	assert_int_equal(fakeUdp.group, 0xe00000fb);
	assert_int_equal(fakeUdp.members, 1);
	assert_int_equal(xstls_udp_join("224.0.0.251", false), xstls_tcp_ok);
	assert_int_equal(fakeUdp.members, 0);
	assert_int_equal(xstls_udp_join("10.0.0.1", true), xstls_tcp_bad_address);
	fakeUdp.joinError = ERR_MEM;
	assert_int_equal(xstls_udp_join("224.0.0.251", true), xstls_tcp_no_memory);
}

static void a_port_in_use_leaves_nothing(void **state)
{
	xstls_udp *other = NULL;

	machineStart(state);
	fake.bindError = ERR_USE;
	assert_int_equal(xstls_udp_open(&machine, 5353, 0, &here, &other), xstls_tcp_in_use);
	assert_null(other);
	machineEnd(state);
}

static void packets_that_wait_go_with_the_socket(void **state)
{
	(void)state;
	fakePacket(100, 'a', 1000);
	fakePacket(100, 'b', 1000);
}

int main(void)
{
#define UDP_TEST(_TEST)                                                                                                \
	{                                                                                                                  \
#_TEST, _TEST, start, end, NULL                                                                                \
	}
	const struct CMUnitTest tests[] = {
	    UDP_TEST(packets_come_in_order_with_their_senders),
	    UDP_TEST(of_a_flood_of_small_packets_some_wait_and_none_keeps_a_buffer_of_the_driver),
	    UDP_TEST(of_a_flood_of_long_packets_no_more_bytes_wait_than_there_is_room_for),
	    UDP_TEST(it_sends_one_packet_or_says_why_not),
	    UDP_TEST(it_joins_groups_and_leaves_them),
	    {"a_port_in_use_leaves_nothing", a_port_in_use_leaves_nothing, NULL, NULL, NULL},
	    UDP_TEST(packets_that_wait_go_with_the_socket),
	};

	return cmocka_run_group_tests_name("tcp-udp", tests, NULL, NULL);
}
