// Glue for class UDP (udp.ts).

#include "tcp-xs.h"

#include <stdlib.h>
#include <string.h>

#include "builtinCommon.h"
#include "mc.xs.h"
#include "xsHost.h"

#include "../engine/tcp-udp.h"

static void destroy(void *data)
{
	xstls_tcp_owner *owner = data;

	if (owner && owner->source)
		xstls_udp_close(owner->source);
	free(owner);
}

static const xsHostHooks hooks = {destroy, xstls_tcp_mark_owner, NULL};

void xs_xstls_udp_destructor(void *data)
{
	destroy(data);
}

// 0 when it is not said.
static uint8_t getTimeToLive(xsMachine *the)
{
	xsIntegerValue value;

	xsmcGet(xsResult, xsArg(0), xsID_timeToLive);
	if (xsmcTypeOf(xsResult) == xsUndefinedType)
		return 0;
	value = xsmcToInteger(xsResult);
	if (value < 1 || value > 255)
		xsRangeError("The time to live is not 1 to 255");
	return (uint8_t)value;
}

void xs_xstls_udp_constructor(xsMachine *the)
{
	xstls_machine machine = xstls_tcp_machine(the);
	uint16_t port;
	uint8_t timeToLive;
	xsSlot *onReadable;
	xstls_udp *udp;
	xstls_tcp_owner *owner;
	xstls_tcp_result result;

	if (xsmcArgc < 1 || xsmcTypeOf(xsArg(0)) != xsReferenceType)
		xsTypeError("A UDP socket needs options");
	CHECK_NETWORK_SAFE();
	if (builtinInitializeFormat(the, kIOFormatBuffer) != kIOFormatBuffer)
		xsRangeError("The format is not \"buffer\"");
	onReadable = builtinGetCallback(the, xsID_onReadable);
	builtinInitializeTarget(the);
	port = xstls_tcp_get_port(the, false);
	timeToLive = getTimeToLive(the);
	owner = xstls_tcp_make_owner(the, &xsThis, &hooks);
	owner->onReadable = onReadable;
	result = xstls_udp_open(&machine, port, timeToLive, owner, &udp);
	if (result == xstls_tcp_ok)
		owner->source = udp;
	else
		xstls_tcp_free_owner(the, owner);
	xstls_tcp_check(the, result, port);
	xsmcSetUndefined(xsResult);
}

void xs_xstls_udp_close(xsMachine *the)
{
	xstls_tcp_owner *owner = xsmcGetHostDataValidate(xsThis, (void *)&hooks);

	if (!owner)
		return;
	xstls_udp_close(owner->source);
	xstls_tcp_free_owner(the, owner);
}

void xs_xstls_udp_read(xsMachine *the)
{
	xstls_udp *udp = xstls_tcp_get_owner(the, &xsThis, &hooks)->source;
	const xstls_packet *packet = xstls_udp_first(udp);

	if (!packet)
		return;
	xsmcVars(1);
	xsmcSetArrayBuffer(xsResult, (void *)packet->bytes, packet->length);
	xsmcSetInteger(xsVar(0), packet->port);
	xsmcSet(xsResult, xsID_port, xsVar(0));
	xsmcSetString(xsVar(0), (char *)packet->address);
	xsmcSet(xsResult, xsID_address, xsVar(0));
	xstls_udp_drop_first(udp);
}

void xs_xstls_udp_write(xsMachine *the)
{
	xstls_udp *udp = xstls_tcp_get_owner(the, &xsThis, &hooks)->source;
	xsIntegerValue port = xsmcToInteger(xsArg(2));
	xsUnsignedValue count;
	char address[46];
	void *data;

	if (port < 1 || port > 65535)
		xsRangeError("The port is not 1 to 65535");
	xsmcToStringBuffer(xsArg(1), address, sizeof(address));
	xsmcGetBufferReadable(xsArg(0), &data, &count);
	xstls_tcp_check(the, xstls_udp_send(udp, data, count, address, (uint16_t)port), 0);
}

static void setMember(xsMachine *the, bool isMember)
{
	char group[46];

	xstls_tcp_get_owner(the, &xsThis, &hooks);
	xsmcToStringBuffer(xsArg(0), group, sizeof(group));
	xstls_tcp_check(the, xstls_udp_join(group, isMember), 0);
}

void xs_xstls_udp_add(xsMachine *the)
{
	setMember(the, true);
}

void xs_xstls_udp_remove(xsMachine *the)
{
	setMember(the, false);
}
