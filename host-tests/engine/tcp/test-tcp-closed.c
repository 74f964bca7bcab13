// lwIP keeps closed connections for minutes, without a bound: strangers who sent a few bytes that are no handshake took
// all of an ESP32-C3's heap by some 800 of them, a minute's work, and nobody was served until they were forgotten.

#include "connected.h"

#include "lwip/priv/tcp_priv.h"

#include "../../../modules/tcp/engine/tcp-closed.h"

enum { many = 100 };

static void forgetAll(void)
{
	fake.isPeerSilent = false;
	for (struct tcp_pcb **list = &tcp_active_pcbs;; list = &tcp_tw_pcbs) {
		for (struct tcp_pcb *each = *list, *next; each; each = next) {
			next = each->next;
			if (each->state != ESTABLISHED)
				fakeForget(each);
		}
		if (list == &tcp_tw_pcbs)
			return;
	}
}

// Comes and is closed over that much that it has not acknowledged.
static struct tcp_pcb *comeAndGo(uint32_t unacknowledged)
{
	static const char bytes[fakeWindow];
	struct tcp_pcb *came;
	xstls_connection *other = machineAccept(listener, &here, &came);
	uint32_t room;

	fake.sentLength = 0;
	if (unacknowledged)
		assert_int_equal(xstls_connection_write(other, bytes, unacknowledged, &room), xstls_tcp_ok);
	xstls_connection_close(other);
	return came;
}

static void of_closed_connections_that_no_peer_acknowledges_the_newest_stay(void **state)
{
	const int before = fake.pcbs;
	struct tcp_pcb *newest = NULL;

	(void)state;
	fake.isPeerSilent = true;
	for (int i = 0; i < many; i++)
		newest = comeAndGo(0);
	assert_int_equal(fake.pcbs, before + xstls_tcp_closed);
	assert_int_equal(fake.resets, many - xstls_tcp_closed);
	assert_ptr_equal(tcp_active_pcbs, newest);
	forgetAll();
}

static void those_that_lwip_remembers_go_without_a_word(void **state)
{
	const int before = fake.pcbs;

	(void)state;
	fake.isPeerSilent = true;
	for (int i = 0; i < many; i++)
		fakeTimeWait(comeAndGo(0));
	// The last to be closed has bounded those before it.
	assert_int_equal(fake.pcbs, before + xstls_tcp_closed + 1);
	assert_int_equal(fake.resets, 0);
	forgetAll();
}

static void bytes_that_nobody_acknowledges_are_bounded_together(void **state)
{
	const int before = fake.pcbs;

	(void)state;
	fake.isPeerSilent = true;
	for (int i = 0; i < many; i++)
		comeAndGo(fakeWindow);
	assert_int_equal(fake.pcbs, before + xstls_tcp_closed_full);
	forgetAll();
}

static void one_that_has_ended_and_is_not_closed_stays(void **state)
{
	(void)state;
	fake.isPeerSilent = true;
	xstls_connection_end(connection);
	pcb->state = FIN_WAIT_1;
	for (int i = 0; i < many; i++)
		comeAndGo(0);
	assert_true(fakeReceive(pcb, "answer"));
	assert_string_equal(machineRead(connection), "answer");
	pcb->state = ESTABLISHED;
	forgetAll();
}

int main(void)
{
#define CONNECTED_TEST(_TEST)                                                                                          \
	{                                                                                                                  \
#_TEST, _TEST, start, end, NULL                                                                                \
	}
	const struct CMUnitTest tests[] = {
	    CONNECTED_TEST(of_closed_connections_that_no_peer_acknowledges_the_newest_stay),
	    CONNECTED_TEST(those_that_lwip_remembers_go_without_a_word),
	    CONNECTED_TEST(bytes_that_nobody_acknowledges_are_bounded_together),
	    CONNECTED_TEST(one_that_has_ended_and_is_not_closed_stays),
	};

	return cmocka_run_group_tests_name("tcp-closed", tests, NULL, NULL);
}
