#include "machine.h"

int machineWakes;
bool machineCannotBeWoken;

static xstls_events *woken; // and has not taken all

static bool wake(void *self, xstls_events *events)
{
	(void)self;
	if (machineCannotBeWoken)
		return false;
	machineWakes++;
	woken = events;
	return true;
}

const xstls_machine machine = {&machineWakes, wake};

int machineStart(void **state)
{
	(void)state;
	fakeStart();
	woken = NULL;
	machineWakes = 0;
	machineCannotBeWoken = false;
	return 0;
}

int machineEnd(void **state)
{
	(void)state;
	machineTake();
	assert_int_equal(fake.pcbs, 0);
	assert_int_equal(fake.pbufs, 0);
	return 0;
}

xstls_event machineTake(void)
{
	xstls_event event = {xstls_event_none, 0, NULL};

	if (woken && !xstls_events_take(woken, &event))
		woken = NULL;
	return event;
}

xstls_listener *machineListen(void *owner)
{
	xstls_listener *listener = NULL;

	assert_int_equal(xstls_listener_open(&machine, NULL, 443, owner, &listener), xstls_tcp_ok);
	return listener;
}

xstls_connection *machineAccept(xstls_listener *listener, void *owner, struct tcp_pcb **pcb)
{
	xstls_connection *connection;

	*pcb = fakeAccept(1234);
	assert_int_equal(machineTake().kind, xstls_event_readable);
	connection = xstls_listener_read(listener);
	assert_non_null(connection);
	xstls_connection_own(connection, owner);
	assert_event(owner, xstls_event_writable, fakeWindow);
	return connection;
}

const char *machineRead(xstls_connection *connection)
{
	static char text[8192];
	uint32_t count = xstls_connection_readable(connection);

	xstls_connection_read(connection, text, count);
	text[count] = '\0';
	return text;
}
