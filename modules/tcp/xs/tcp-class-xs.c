// Glue for class TCP (tcp.ts).

#include "tcp-class-xs.h"

#include <stdlib.h>

#include "builtinCommon.h"
#include "mc.xs.h"
#include "xsHost.h"

static const xsHostHooks hooks;

static void destroy(void *data)
{
	xstls_tcp_owner *owner = data;

	if (owner && owner->source)
		xstls_connection_close(owner->source);
	free(owner);
}

static const xsHostHooks hooks = {destroy, xstls_tcp_mark_owner, NULL};

void xs_xstls_tcp_destructor(void *data)
{
	destroy(data);
}

static uint8_t checkFormat(xsMachine *the, uint8_t format)
{
	if (format != kIOFormatNumber && format != kIOFormatBuffer)
		xsRangeError("The format is neither \"buffer\" nor \"number\"");
	return format;
}

typedef struct {
	xsSlot *onReadable, *onWritable, *onError;
	uint8_t format;
	uint8_t noDelay; // 0 was not said, 1 false, 2 true
} Options;

static Options getOptions(xsMachine *the)
{
	Options options = {.format = checkFormat(the, builtinInitializeFormat(the, kIOFormatBuffer))};

	options.onReadable = builtinGetCallback(the, xsID_onReadable);
	options.onWritable = builtinGetCallback(the, xsID_onWritable);
	options.onError = builtinGetCallback(the, xsID_onError);
	if (xsmcHas(xsArg(0), xsID_nodelay)) {
		xsmcGet(xsResult, xsArg(0), xsID_nodelay);
		options.noDelay = xsmcToBoolean(xsResult) ? 2 : 1;
	}
	builtinInitializeTarget(the);
	return options;
}

static void setOptions(xstls_tcp_owner *owner, const Options *options)
{
	owner->format = options->format;
	owner->onReadable = options->onReadable;
	owner->onWritable = options->onWritable;
	owner->onError = options->onError;
}

static void setNoDelay(xstls_tcp_owner *owner, const Options *options)
{
	if (options->noDelay)
		xstls_connection_set_no_delay(owner->source, options->noDelay == 2);
}

// Nothing here gives lwIP a moment: the connection tells one owner, and then the other.
static void takeOver(xsMachine *the, xsSlot *slot, const Options *options)
{
	xstls_tcp_owner *from = xstls_tcp_get_owner(the, slot, &hooks);
	xstls_tcp_owner *owner = xstls_tcp_make_owner(the, &xsThis, &hooks);

	setOptions(owner, options);
	owner->source = from->source;
	from->source = NULL;
	xstls_tcp_free_owner(the, from);
	setNoDelay(owner, options);
	xstls_connection_own(owner->source, owner);
}

static void connectTo(xsMachine *the, const Options *options)
{
	xstls_machine machine = xstls_tcp_machine(the);
	uint16_t port = xstls_tcp_get_port(the, true);
	char address[46];
	xstls_connection *connection;
	xstls_tcp_owner *owner;
	xstls_tcp_result result;

	CHECK_NETWORK_SAFE();
	xsmcGet(xsResult, xsArg(0), xsID_address);
	xsmcToStringBuffer(xsResult, address, sizeof(address));
	owner = xstls_tcp_make_owner(the, &xsThis, &hooks);
	setOptions(owner, options);
	result = xstls_connection_open(&machine, address, port, owner, &connection);
	if (result == xstls_tcp_ok) {
		owner->source = connection;
		setNoDelay(owner, options);
		return;
	}
	xstls_tcp_free_owner(the, owner);
	xstls_tcp_check(the, result, port);
}

void xs_xstls_tcp_constructor(xsMachine *the)
{
	Options options;

	if (xsmcArgc < 1 || xsmcTypeOf(xsArg(0)) == xsUndefinedType) {
		xstls_tcp_make_owner(the, &xsThis, &hooks)->format = kIOFormatBuffer;
		return;
	}
	xsmcVars(1);
	options = getOptions(the);
	xsmcGet(xsVar(0), xsArg(0), xsID_from);
	if (xsmcTypeOf(xsVar(0)) != xsUndefinedType)
		takeOver(the, &xsVar(0), &options);
	else
		connectTo(the, &options);
	xsmcSetUndefined(xsResult);
}

void xstls_tcp_give(xsMachine *the, xsSlot *slot, xstls_connection *connection)
{
	xstls_tcp_owner *owner = xsmcGetHostDataValidate(*slot, (void *)&hooks);

	owner->source = connection;
}

void xs_xstls_tcp_close(xsMachine *the)
{
	xstls_tcp_owner *owner = xsmcGetHostDataValidate(xsThis, (void *)&hooks);

	if (!owner)
		return;
	if (owner->source)
		xstls_connection_close(owner->source);
	xstls_tcp_free_owner(the, owner);
}

void xs_xstls_tcp_end(xsMachine *the)
{
	xstls_connection_end(xstls_tcp_get_owner(the, &xsThis, &hooks)->source);
}

// How many bytes a read wants, and where to; NULL when it asks for a new buffer.
static void *getDestination(xsMachine *the, uint32_t readable, xsUnsignedValue *count)
{
	void *data = NULL;

	if (xsmcArgc < 1 || xsmcTypeOf(xsArg(0)) == xsUndefinedType)
		*count = readable;
	else if (xsmcTypeOf(xsArg(0)) == xsReferenceType)
		xsmcGetBufferWritable(xsArg(0), &data, count);
	else {
		xsIntegerValue number = xsmcToInteger(xsArg(0));

		*count = number > 0 ? (xsUnsignedValue)number : 0;
	}
	if (*count == 0 || *count > readable)
		xsUnknownError("So many bytes cannot be read");
	return data;
}

void xs_xstls_tcp_read(xsMachine *the)
{
	xstls_tcp_owner *owner = xstls_tcp_get_owner(the, &xsThis, &hooks);
	uint32_t readable = xstls_connection_readable(owner->source);
	xsUnsignedValue count;
	void *data;
	uint8_t byte;

	if (!readable)
		return;
	if (owner->format == kIOFormatNumber) {
		xstls_connection_read(owner->source, &byte, 1);
		xsmcSetInteger(xsResult, byte);
		return;
	}
	data = getDestination(the, readable, &count);
	if (data)
		xsmcSetInteger(xsResult, (xsIntegerValue)count);
	else
		data = xsmcSetArrayBuffer(xsResult, NULL, (xsIntegerValue)count);
	xstls_connection_read(owner->source, data, count);
}

void xs_xstls_tcp_write(xsMachine *the)
{
	xstls_tcp_owner *owner = xstls_tcp_get_owner(the, &xsThis, &hooks);
	xsUnsignedValue count = 1;
	uint32_t room = 0;
	uint8_t byte;
	void *data = &byte;
	xstls_tcp_result result;

	if (owner->format == kIOFormatNumber)
		byte = (uint8_t)xsmcToInteger(xsArg(0));
	else
		xsmcGetBufferReadable(xsArg(0), &data, &count);
	result = xstls_connection_write(owner->source, data, count, &room);
	xstls_tcp_check(the, result, 0);
	if (result == xstls_tcp_ok)
		xsmcSetInteger(xsResult, (xsIntegerValue)room);
}

void xs_xstls_tcp_get_remote_address(xsMachine *the)
{
	char text[46];

	xstls_connection_remote(xstls_tcp_get_owner(the, &xsThis, &hooks)->source, text, sizeof(text));
	xsmcSetString(xsResult, text);
}

void xs_xstls_tcp_get_remote_port(xsMachine *the)
{
	xsmcSetInteger(xsResult, xstls_connection_remote_port(xstls_tcp_get_owner(the, &xsThis, &hooks)->source));
}

void xs_xstls_tcp_get_format(xsMachine *the)
{
	builtinGetFormat(the, xstls_tcp_get_owner(the, &xsThis, &hooks)->format);
}

void xs_xstls_tcp_set_format(xsMachine *the)
{
	xstls_tcp_get_owner(the, &xsThis, &hooks)->format = checkFormat(the, builtinSetFormat(the));
}
