// Glue for class Listener (listener.ts).

#include "tcp-class-xs.h"

#include <stdlib.h>

#include "builtinCommon.h"
#include "mc.xs.h"
#include "xsHost.h"

#include "../engine/tcp-listener.h"

static void destroy(void *data)
{
	xstls_tcp_owner *owner = data;

	if (owner && owner->source)
		xstls_listener_close(owner->source);
	free(owner);
}

static const xsHostHooks hooks = {destroy, xstls_tcp_mark_owner, NULL};

void xs_xstls_listener_destructor(void *data)
{
	destroy(data);
}

// NULL when none is said.
static const char *getAddress(xsMachine *the, char *text, xsIntegerValue size)
{
	xsmcGet(xsResult, xsArg(0), xsID_address);
	if (xsmcTypeOf(xsResult) == xsUndefinedType)
		return NULL;
	return xsmcToStringBuffer(xsResult, text, size);
}

void xs_xstls_listener_constructor(xsMachine *the)
{
	xstls_machine machine = xstls_tcp_machine(the);
	char text[46];
	const char *address;
	uint16_t port;
	xsSlot *onReadable;
	xstls_listener *listener;
	xstls_tcp_owner *owner;
	xstls_tcp_result result;

	if (xsmcArgc < 1 || xsmcTypeOf(xsArg(0)) != xsReferenceType)
		xsTypeError("A listener needs options");
	CHECK_NETWORK_SAFE();
	if (builtinInitializeFormat(the, kIOFormatSocketTCP) != kIOFormatSocketTCP)
		xsRangeError("The format is not \"socket/tcp\"");
	onReadable = builtinGetCallback(the, xsID_onReadable);
	builtinInitializeTarget(the);
	port = xstls_tcp_get_port(the, false);
	address = getAddress(the, text, sizeof(text));
	owner = xstls_tcp_make_owner(the, &xsThis, &hooks);
	owner->onReadable = onReadable;
	result = xstls_listener_open(&machine, address, port, owner, &listener);
	if (result == xstls_tcp_ok)
		owner->source = listener;
	else
		xstls_tcp_free_owner(the, owner);
	xstls_tcp_check(the, result, port);
	xsmcSetUndefined(xsResult);
}

void xs_xstls_listener_close(xsMachine *the)
{
	xstls_tcp_owner *owner = xsmcGetHostDataValidate(xsThis, (void *)&hooks);

	if (!owner)
		return;
	xstls_listener_close(owner->source);
	xstls_tcp_free_owner(the, owner);
}

// Gives the next connection to a TCP that has none; false, and that stays without, when none waits.
void xs_xstls_listener_read(xsMachine *the)
{
	xstls_tcp_owner *owner = xstls_tcp_get_owner(the, &xsThis, &hooks);
	xstls_connection *connection = xstls_listener_read(owner->source);

	xsmcSetBoolean(xsResult, connection != NULL);
	if (connection)
		xstls_tcp_give(the, &xsArg(0), connection);
}

void xs_xstls_listener_waiting(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_listener_waiting(xstls_tcp_get_owner(the, &xsThis, &hooks)->source));
}

void xs_xstls_listener_get_port(xsMachine *the)
{
	xsmcSetInteger(xsResult, xstls_listener_port(xstls_tcp_get_owner(the, &xsThis, &hooks)->source));
}
