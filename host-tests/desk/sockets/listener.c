// Class Listener of embedded:io/socket/listener. Connections wait in the kernel until read() accepts them, so a script
// that takes none makes clients wait without holding a descriptor for each.

#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "loop/loop.h"
#include "natives/desk.h"
#include "socket.h"

typedef struct Listener Listener;
struct Listener {
	LoopSource source;
	xsMachine *the;
	xsSlot self, onReadable;
	uint16_t port;
	uint32_t announced; // to onReadable
	uint32_t taken;     // by read(), since that was called
	bool starved;   // a connection waits, but there was no descriptor for it
	bool closed;
	bool serving;
	Listener *next;
};

static Listener *listeners = NULL;

static void destroy(void *data)
{
	Listener *listener = data;
	if (!listener)
		return;
	for (Listener **link = &listeners; *link; link = &(*link)->next)
		if (*link == listener) {
			*link = listener->next;
			loopRemove(&listener->source);
			break;
		}
	if (listener->source.fd >= 0)
		close(listener->source.fd);
	listener->closed = true;
	if (!listener->serving)
		free(listener);
}

static void mark(xsMachine *the, void *data, xsMarkRoot markRoot)
{
	Listener *listener = data;
	if (listener)
		(*markRoot)(the, &listener->onReadable);
}

static const xsHostHooks hooks = {destroy, mark, NULL};

static void release(xsMachine *the, Listener *listener)
{
	xsSlot self = listener->self;
	xsForget(listener->self);
	xsmcSetHostData(self, NULL);
	destroy(listener);
}

static Listener *getListener(xsMachine *the)
{
	Listener *listener = fxGetHostDataValidate(the, &xsThis, (void *)&hooks);
	if (!listener)
		deskThrow(the, "Error", "Listener is closed");
	return listener;
}

// Connections in the accept queue. Where the kernel does not count them, one at a time.
static uint32_t countWaiting(Listener *listener)
{
	struct tcp_info info = {0};
	socklen_t size = sizeof(info);
	struct pollfd waiting = {.fd = listener->source.fd, .events = POLLIN};
	if (!getsockopt(listener->source.fd, IPPROTO_TCP, TCP_INFO, &info, &size) && info.tcpi_unacked)
		return info.tcpi_unacked;
	return poll(&waiting, 1, 0) > 0 ? 1 : 0;
}

static void ready(LoopSource *source, uint32_t events)
{
	Listener *listener = (Listener *)source;
	uint32_t count = countWaiting(listener);
	(void)events;
	if (!count)
		return;
	listener->announced = count;
	listener->taken = 0;
	listener->serving = true;
	deskCallCount(listener->the, &listener->onReadable, &listener->self, count);
	listener->serving = false;
	if (listener->closed)
		free(listener);
	else if (listener->taken >= count)
		loopTrigger(source, EPOLLIN);
}

void listenerRetry(void)
{
	for (Listener *listener = listeners; listener; listener = listener->next)
		if (listener->starved) {
			listener->starved = false;
			loopTrigger(&listener->source, EPOLLIN);
		}
}

static void listenAt(xsMachine *the, Listener *listener, const SocketAddress *address)
{
	int yes = 1;
	int fd = socket(address->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		deskThrow(the, "Error", "no socket: %s", strerror(errno));
	listener->source.fd = fd;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(fd, &address->any, socketAddressLength(address)) || listen(fd, SOMAXCONN)) {
		if (errno == EADDRINUSE)
			deskThrowCode(the, "EADDRINUSE", "Port %u is in use: choose another one, or end the program that has it",
			              socketAddressPort(address));
		deskThrow(the, "Error", "Port %u cannot be listened on: %s", socketAddressPort(address), strerror(errno));
	}
}

static void construct(xsMachine *the, Listener *listener)
{
	xsSlot slot;
	SocketAddress address;
	socklen_t size = sizeof(address);
	uint16_t port = deskGetPort(the, false);
	deskGetCallback(the, &listener->onReadable, "onReadable");
	deskGetOption(the, &slot, "format");
	if (!deskIsUndefined(the, &slot) && strcmp(fxToString(the, &slot), "socket/tcp"))
		deskThrow(the, "RangeError", "format is not \"socket/tcp\"");
	deskGetOption(the, &slot, "target");
	if (!deskIsUndefined(the, &slot))
		xsmcSet(xsThis, xsID("target"), slot);
	deskGetOption(the, &slot, "address");
	if (!socketAddressParse(&address, deskIsUndefined(the, &slot) ? "0.0.0.0" : fxToString(the, &slot), port, false))
		deskThrow(the, "Error", "invalid address");
	listenAt(the, listener, &address);
	if (getsockname(listener->source.fd, &address.any, &size) || !loopAdd(&listener->source, listener->source.fd))
		deskThrow(the, "Error", "no event for a socket: %s", strerror(errno));
	listener->port = socketAddressPort(&address);
	listener->next = listeners;
	listeners = listener;
}

void xs_desk_listener(xsMachine *the)
{
	Listener *listener;
	if (xsmcArgc < 1 || fxTypeOf(the, &xsArg(0)) != xsReferenceType)
		deskThrow(the, "TypeError", "Listener needs an options object");
	listener = calloc(1, sizeof(Listener));
	if (!listener)
		deskThrow(the, "Error", "no memory for a listener");
	listener->source.fd = -1;
	listener->source.ready = ready;
	listener->the = the;
	listener->self = xsThis;
	xsmcSetHostData(xsThis, listener);
	xsSetHostHooks(xsThis, &hooks);
	xsRemember(listener->self);
	xsTry
	{
		construct(the, listener);
	}
	xsCatch
	{
		release(the, listener);
		xsThrow(xsException);
	}
}

void xs_desk_listener_destructor(void *data)
{
	destroy(data);
}

void xs_desk_listener_close(xsMachine *the)
{
	Listener *listener = fxGetHostDataValidate(the, &xsThis, (void *)&hooks);
	if (listener)
		release(the, listener);
}

// read(prototype): an instance of class TCP with the next connection; undefined when none waits.
void xs_desk_listener_read(xsMachine *the)
{
	Listener *listener = getListener(the);
	SocketAddress remote;
	socklen_t size = sizeof(remote);
	int fd;
	// A connection that was reset while it waited is not one.
	do
		fd = accept4(listener->source.fd, &remote.any, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
	while (fd < 0 && (errno == ECONNABORTED || errno == EINTR));
	if (fd < 0) {
		listener->starved = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
		return;
	}
	// Where the kernel does not count there may be more, which no event will tell of.
	if (++listener->taken >= listener->announced && !listener->serving)
		loopTrigger(&listener->source, EPOLLIN);
	xsResult = xsmcNewHostInstance(xsArg(0));
	tcpAdopt(the, &xsResult, fd, &remote);
}

void xs_desk_listener_get_port(xsMachine *the)
{
	xsmcSetInteger(xsResult, getListener(the)->port);
}
