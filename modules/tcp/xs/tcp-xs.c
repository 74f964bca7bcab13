#include "tcp-xs.h"

#include <stdlib.h>

#include "mc.xs.h"
#include "xsHost.h"

enum { eventsAtOnce = 16 }; // timers and other messages come in between then

static void call(xsMachine *the, const xstls_event *event)
{
	xstls_tcp_owner *owner = event->owner;
	xsSlot *callback = event->kind == xstls_event_readable   ? owner->onReadable
	                   : event->kind == xstls_event_writable ? owner->onWritable
	                                                         : owner->onError;

	if (!callback)
		return;
	xsBeginHost(the);
	// The owner may be gone after the call.
	if (event->kind == xstls_event_ended)
		xsCallFunction0(xsReference(callback), owner->object);
	else {
		xsmcSetInteger(xsResult, (xsIntegerValue)event->count);
		xsCallFunction1(xsReference(callback), owner->object, xsResult);
	}
	xsEndHost(the);
}

static void deliver(void *machine, void *data, uint8_t *message, uint16_t length)
{
	xstls_events *events = data;
	xstls_event event;

	(void)message;
	(void)length;
	for (int i = 0; i < eventsAtOnce; i++) {
		if (!xstls_events_take(events, &event))
			return;
		call(machine, &event);
	}
	xstls_events_continue(events);
}

static bool wake(void *machine, xstls_events *events)
{
	return modMessagePostToMachine(machine, NULL, 0, deliver, events) == 0;
}

xstls_machine xstls_tcp_machine(xsMachine *the)
{
	xstls_machine machine = {the, wake};

	return machine;
}

xstls_tcp_owner *xstls_tcp_get_owner(xsMachine *the, xsSlot *slot, const xsHostHooks *hooks)
{
	xstls_tcp_owner *owner = xsmcGetHostDataValidate(*slot, (void *)hooks);

	if (!owner || !owner->source)
		xsUnknownError("The socket is closed");
	return owner;
}

xstls_tcp_owner *xstls_tcp_make_owner(xsMachine *the, xsSlot *slot, const xsHostHooks *hooks)
{
	xstls_tcp_owner *owner = calloc(1, sizeof(xstls_tcp_owner));

	if (!owner)
		xsUnknownError("No memory for a socket");
	owner->the = the;
	owner->object = *slot;
	xsmcSetHostData(*slot, owner);
	xsSetHostHooks(*slot, (xsHostHooks *)hooks);
	xsRemember(owner->object);
	return owner;
}

void xstls_tcp_free_owner(xsMachine *the, xstls_tcp_owner *owner)
{
	xsmcSetHostData(owner->object, NULL);
	xsForget(owner->object);
	free(owner);
}

void xstls_tcp_mark_owner(xsMachine *the, void *data, xsMarkRoot markRoot)
{
	xstls_tcp_owner *owner = data;

	if (!owner)
		return;
	if (owner->onReadable)
		(*markRoot)(the, owner->onReadable);
	if (owner->onWritable)
		(*markRoot)(the, owner->onWritable);
	if (owner->onError)
		(*markRoot)(the, owner->onError);
}

void xstls_tcp_check(xsMachine *the, xstls_tcp_result result, uint16_t port)
{
	switch (result) {
	case xstls_tcp_ok:
	case xstls_tcp_over:
		return;
	case xstls_tcp_no_memory:
		xsUnknownError("No memory for a socket");
	case xstls_tcp_bad_address:
		xsUnknownError("The address is not an IP address");
	case xstls_tcp_in_use:
		xsUnknownError("Port %d is in use", (int)port);
	case xstls_tcp_refused:
		xsUnknownError("The network refuses the connection");
	case xstls_tcp_too_much:
		xsUnknownError("There is no room for so many bytes");
	}
}

uint16_t xstls_tcp_get_port(xsMachine *the, bool isNeeded)
{
	xsNumberValue port = 0;

	xsmcGet(xsResult, xsArg(0), xsID_port);
	if (xsmcTypeOf(xsResult) != xsUndefinedType)
		port = xsmcToNumber(xsResult);
	else if (isNeeded)
		xsRangeError("A port is missing");
	if (!(port >= 0 && port <= 65535))
		xsRangeError("The port is not 0 to 65535");
	xsmcSetUndefined(xsResult);
	return (uint16_t)port;
}
