// Class TCP of embedded:io/socket/tcp.

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>

#include "natives/desk.h"
#include "tcp.h"

enum { kernelSendBuffer = 65536 }; // bytes; the kernel doubles them, and its own choice grows to megabytes

static void destroy(void *data)
{
	if (data)
		tcpDestroy(data);
}

static void mark(xsMachine *the, void *data, xsMarkRoot markRoot)
{
	TCP *tcp = data;
	if (!tcp)
		return;
	(*markRoot)(the, &tcp->onReadable);
	(*markRoot)(the, &tcp->onWritable);
	(*markRoot)(the, &tcp->onError);
}

static const xsHostHooks hooks = {destroy, mark, NULL};

static void release(xsMachine *the, TCP *tcp)
{
	xsSlot self = tcp->self;
	xsForget(tcp->self);
	xsmcSetHostData(self, NULL);
	tcpDestroy(tcp);
}

static TCP *getTCP(xsMachine *the, xsSlot *slot)
{
	TCP *tcp = fxGetHostDataValidate(the, slot, (void *)&hooks);
	if (!tcp)
		deskThrow(the, "Error", "TCP socket is closed");
	return tcp;
}

static TCP *create(xsMachine *the, xsSlot *instance)
{
	TCP *tcp = calloc(1, sizeof(TCP));
	if (!tcp)
		deskThrow(the, "Error", "no memory for a socket");
	tcp->source.fd = -1;
	tcp->source.ready = tcpReady;
	tcp->the = the;
	tcp->self = *instance;
	fxSetHostData(the, instance, tcp);
	fxSetHostHooks(the, instance, &hooks);
	xsRemember(tcp->self);
	return tcp;
}

void tcpAdopt(xsMachine *the, xsSlot *instance, int fd, const SocketAddress *remote)
{
	TCP *tcp = create(the, instance);
	tcp->source.fd = fd;
	tcp->remote = *remote;
}

static bool isNumberFormat(xsMachine *the, xsSlot *slot)
{
	const char *format = fxToString(the, slot);
	if (strcmp(format, "number") && strcmp(format, "buffer"))
		deskThrow(the, "RangeError", "format is neither \"buffer\" nor \"number\"");
	return *format == 'n';
}

static void takeOver(xsMachine *the, TCP *tcp, xsSlot *slot)
{
	TCP *from = getTCP(the, slot);
	if (from->source.fd < 0 || from == tcp)
		deskThrow(the, "Error", "from has no connection");
	if (from->state != stateIdle)
		loopRemove(&from->source);
	tcp->source.fd = from->source.fd;
	tcp->remote = from->remote;
	tcp->state = from->state == stateConnecting ? stateConnecting : stateOpen;
	tcp->broken = from->broken;
	tcp->unsent = from->unsent;
	tcp->unsentOffset = from->unsentOffset;
	tcp->unsentLength = from->unsentLength;
	from->unsent = NULL;
	from->unsentLength = 0;
	from->source.fd = -1;
	release(the, from);
}

static void startConnecting(xsMachine *the, TCP *tcp)
{
	xsSlot slot;
	bool resolve;
	uint16_t port = deskGetPort(the, true);
	deskGetOption(the, &slot, "address");
	resolve = deskIsUndefined(the, &slot);
	if (resolve)
		deskGetOption(the, &slot, "host");
	// A name is looked up at once, which is no way for a device, but a desk has /etc/hosts.
	if (deskIsUndefined(the, &slot) || !socketAddressParse(&tcp->remote, fxToString(the, &slot), port, resolve))
		deskThrow(the, "Error", "invalid address");
	tcp->source.fd = socket(tcp->remote.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (tcp->source.fd < 0)
		deskThrow(the, "Error", "no socket: %s", strerror(errno));
	tcp->state = stateConnecting;
}

static void setSocketOptions(xsMachine *the, int fd)
{
	xsSlot slot;
	int size = kernelSendBuffer;
	setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	deskGetOption(the, &slot, "nodelay");
	if (!deskIsUndefined(the, &slot)) {
		int nodelay = fxToBoolean(the, &slot);
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &nodelay, sizeof(nodelay));
	}
}

static void construct(xsMachine *the, TCP *tcp)
{
	xsSlot slot;
	bool connecting;
	deskGetCallback(the, &tcp->onReadable, "onReadable");
	deskGetCallback(the, &tcp->onWritable, "onWritable");
	deskGetCallback(the, &tcp->onError, "onError");
	deskGetOption(the, &slot, "format");
	if (!deskIsUndefined(the, &slot))
		tcp->numbers = isNumberFormat(the, &slot);
	deskGetOption(the, &slot, "target");
	if (!deskIsUndefined(the, &slot))
		xsmcSet(xsThis, xsID("target"), slot);
	deskGetOption(the, &slot, "from");
	connecting = deskIsUndefined(the, &slot);
	if (connecting)
		startConnecting(the, tcp);
	else
		takeOver(the, tcp, &slot);
	setSocketOptions(the, tcp->source.fd);
	// A refusal that comes at once is told by onError like any other.
	if (connecting && connect(tcp->source.fd, &tcp->remote.any, socketAddressLength(&tcp->remote)) &&
	    errno != EINPROGRESS) {
		tcp->state = stateOpen;
		tcp->broken = true;
	}
	// Whatever is pending already is an edge for the new registration.
	if (!loopAdd(&tcp->source, tcp->source.fd))
		deskThrow(the, "Error", "no event for a socket: %s", strerror(errno));
	if (tcp->broken)
		loopTrigger(&tcp->source, EPOLLERR);
}

void xs_desk_tcp(xsMachine *the)
{
	TCP *tcp;
	if (xsmcArgc < 1 || fxTypeOf(the, &xsArg(0)) != xsReferenceType)
		deskThrow(the, "TypeError", "TCP needs an options object");
	tcp = create(the, &xsThis);
	xsTry
	{
		construct(the, tcp);
	}
	xsCatch
	{
		// Not registered yet, whatever state it was to have.
		tcp->state = stateIdle;
		release(the, tcp);
		xsThrow(xsException);
	}
}

void xs_desk_tcp_destructor(void *data)
{
	destroy(data);
}

void xs_desk_tcp_close(xsMachine *the)
{
	TCP *tcp = fxGetHostDataValidate(the, &xsThis, (void *)&hooks);
	if (tcp)
		release(the, tcp);
}

// How many bytes a read wants, and where to; NULL when it asks for a new buffer.
static uint8_t *getDestination(xsMachine *the, TCP *tcp, uint32_t *count)
{
	void *data = NULL;
	if (xsmcArgc < 1 || deskIsUndefined(the, &xsArg(0)))
		*count = tcp->readable;
	else if (fxTypeOf(the, &xsArg(0)) == xsReferenceType)
		xsmcGetBufferWritable(xsArg(0), &data, count);
	else {
		xsNumberValue number = xsmcToNumber(xsArg(0));
		*count = number >= 1 && number <= tcp->readable && number == (uint32_t)number ? (uint32_t)number : 0;
	}
	if (!*count || *count > tcp->readable)
		deskThrow(the, "Error", "cannot read what is not there: %u bytes are readable", tcp->readable);
	return data;
}

void xs_desk_tcp_read(xsMachine *the)
{
	TCP *tcp = getTCP(the, &xsThis);
	uint8_t *data, byte;
	uint32_t count;
	if (!tcp->readable)
		return;
	if (tcp->numbers) {
		if (tcpReceive(tcp, &byte, 1))
			xsmcSetInteger(xsResult, byte);
		return;
	}
	data = getDestination(the, tcp, &count);
	if (data) {
		if (tcpReceive(tcp, data, count))
			xsmcSetInteger(xsResult, (xsIntegerValue)count);
		return;
	}
	data = xsmcSetArrayBuffer(xsResult, NULL, (xsIntegerValue)count);
	if (!tcpReceive(tcp, data, count))
		xsmcSetUndefined(xsResult);
}

void xs_desk_tcp_write(xsMachine *the)
{
	TCP *tcp = getTCP(the, &xsThis);
	void *data;
	xsUnsignedValue count = 1;
	uint8_t byte;
	if (tcp->numbers) {
		byte = (uint8_t)xsmcToInteger(xsArg(0));
		data = &byte;
	} else
		xsmcGetBufferReadable(xsArg(0), &data, &count);
	if (tcp->state == stateEnded)
		return;
	if (tcp->broken) {
		tcp->room -= count < tcp->room ? count : tcp->room;
		loopTrigger(&tcp->source, EPOLLERR);
		return;
	}
	if (count > tcp->room)
		deskThrow(the, "Error", "cannot write %u bytes: there is room for %u", count, tcp->room);
	if (!tcpTransmit(tcp, data, count)) {
		tcp->broken = true;
		tcp->room -= count;
		loopTrigger(&tcp->source, EPOLLERR);
		return;
	}
	xsmcSetInteger(xsResult, (xsIntegerValue)tcp->room);
}

void xs_desk_tcp_get_remoteAddress(xsMachine *the)
{
	TCP *tcp = getTCP(the, &xsThis);
	char text[INET6_ADDRSTRLEN];
	const void *address =
	    tcp->remote.any.sa_family == AF_INET6 ? (void *)&tcp->remote.v6.sin6_addr : &tcp->remote.v4.sin_addr;
	if (inet_ntop(tcp->remote.any.sa_family, address, text, sizeof(text)))
		xsmcSetString(xsResult, text);
}

void xs_desk_tcp_get_remotePort(xsMachine *the)
{
	TCP *tcp = getTCP(the, &xsThis);
	xsmcSetInteger(xsResult, socketAddressPort(&tcp->remote));
}

void xs_desk_tcp_get_format(xsMachine *the)
{
	TCP *tcp = getTCP(the, &xsThis);
	xsmcSetString(xsResult, tcp->numbers ? "number" : "buffer");
}

void xs_desk_tcp_set_format(xsMachine *the)
{
	TCP *tcp = getTCP(the, &xsThis);
	tcp->numbers = isNumberFormat(the, &xsArg(0));
}
