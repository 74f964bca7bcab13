// Class UDP of embedded:io/socket/udp, for the multicast that the SDK's has too. The desk is a device of its own on the
// network of the loopback interface: it has one address there, and no packet leaves the machine.

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "loop/loop.h"
#include "natives/desk.h"
#include "socket.h"

// Bytes of an Ethernet frame, for a device puts no fragments together; packets, as many as its network has room for.
enum { maxPacket = 1472, maxWaiting = 32 };

typedef struct Packet Packet;
struct Packet {
	Packet *next;
	struct sockaddr_in from;
	size_t length;
	uint8_t bytes[];
};

typedef struct UDP UDP;

// A socket for what is sent to the address, and one for what is sent to a group: the kernel gives a packet for an
// address to one only of the programs that listen on all of them.
typedef struct {
	LoopSource source;
	UDP *udp;
} Endpoint;

struct UDP {
	Endpoint own, group;
	xsMachine *the;
	xsSlot self, onReadable;
	struct in_addr address;
	uint16_t port;
	Packet *first, **end;
	uint32_t waiting;
	bool closed, serving;
};

static void closeEndpoint(Endpoint *endpoint)
{
	if (endpoint->source.fd < 0)
		return;
	loopRemove(&endpoint->source);
	close(endpoint->source.fd);
	endpoint->source.fd = -1;
}

static void destroy(void *data)
{
	UDP *udp = data;
	if (!udp)
		return;
	closeEndpoint(&udp->own);
	closeEndpoint(&udp->group);
	for (Packet *next; udp->first; udp->first = next) {
		next = udp->first->next;
		free(udp->first);
	}
	udp->closed = true;
	if (!udp->serving)
		free(udp);
}

static void mark(xsMachine *the, void *data, xsMarkRoot markRoot)
{
	UDP *udp = data;
	if (udp)
		(*markRoot)(the, &udp->onReadable);
}

static const xsHostHooks hooks = {destroy, mark, NULL};

static void release(xsMachine *the, UDP *udp)
{
	xsSlot self = udp->self;
	xsForget(udp->self);
	xsmcSetHostData(self, NULL);
	destroy(udp);
}

static UDP *getUDP(xsMachine *the)
{
	UDP *udp = fxGetHostDataValidate(the, &xsThis, (void *)&hooks);
	if (!udp)
		deskThrow(the, "Error", "UDP socket is closed");
	return udp;
}

// False when nothing waits. What there is no room for is lost, as it is on the network.
static bool receive(UDP *udp, int fd)
{
	static uint8_t bytes[maxPacket];
	struct sockaddr_in from;
	socklen_t size = sizeof(from);
	ssize_t length = recvfrom(fd, bytes, sizeof(bytes), 0, (struct sockaddr *)&from, &size);
	Packet *packet;
	if (length < 0)
		return errno == EINTR || errno == ECONNREFUSED;
	if (udp->waiting >= maxWaiting || !(packet = malloc(sizeof(Packet) + (size_t)length)))
		return true;
	packet->next = NULL;
	packet->from = from;
	packet->length = (size_t)length;
	memcpy(packet->bytes, bytes, (size_t)length);
	*udp->end = packet;
	udp->end = &packet->next;
	udp->waiting++;
	return true;
}

static void ready(LoopSource *source, uint32_t events)
{
	UDP *udp = ((Endpoint *)source)->udp;
	(void)events;
	while (receive(udp, source->fd)) {
	}
	if (!udp->waiting)
		return;
	udp->serving = true;
	deskCallCount(udp->the, &udp->onReadable, &udp->self, udp->waiting);
	udp->serving = false;
	if (udp->closed)
		free(udp);
}

static void openEndpoint(xsMachine *the, UDP *udp, Endpoint *endpoint, struct in_addr address)
{
	int yes = 1, no = 0;
	struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons(udp->port), .sin_addr = address};
	socklen_t size = sizeof(local);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		deskThrow(the, "Error", "no socket: %s", strerror(errno));
	endpoint->source.fd = fd;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	setsockopt(fd, IPPROTO_IP, IP_MULTICAST_ALL, &no, sizeof(no));
	setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &udp->address, sizeof(udp->address));
	if (bind(fd, (struct sockaddr *)&local, sizeof(local)) || getsockname(fd, (struct sockaddr *)&local, &size) ||
	    !loopAdd(&endpoint->source, fd)) {
		close(fd);
		endpoint->source.fd = -1;
		deskThrow(the, "Error", "UDP port %u cannot be had: %s", udp->port, strerror(errno));
	}
	udp->port = ntohs(local.sin_port);
}

static void construct(xsMachine *the, UDP *udp)
{
	xsSlot slot;
	udp->port = deskGetPort(the, false);
	deskGetCallback(the, &udp->onReadable, "onReadable");
	deskGetOption(the, &slot, "target");
	if (!deskIsUndefined(the, &slot))
		xsmcSet(xsThis, xsID("target"), slot);
	deskGetOption(the, &slot, "address");
	if (!inet_aton(deskIsUndefined(the, &slot) ? "127.0.0.1" : fxToString(the, &slot), &udp->address))
		deskThrow(the, "Error", "invalid address");
	openEndpoint(the, udp, &udp->own, udp->address);
}

void xs_desk_udp(xsMachine *the)
{
	UDP *udp;
	if (xsmcArgc < 1 || fxTypeOf(the, &xsArg(0)) != xsReferenceType)
		deskThrow(the, "TypeError", "UDP needs an options object");
	udp = calloc(1, sizeof(UDP));
	if (!udp)
		deskThrow(the, "Error", "no memory for a socket");
	udp->own.source.fd = udp->group.source.fd = -1;
	udp->own.source.ready = udp->group.source.ready = ready;
	udp->own.udp = udp->group.udp = udp;
	udp->end = &udp->first;
	udp->the = the;
	udp->self = xsThis;
	xsmcSetHostData(xsThis, udp);
	xsSetHostHooks(xsThis, &hooks);
	xsRemember(udp->self);
	xsTry
	{
		construct(the, udp);
	}
	xsCatch
	{
		release(the, udp);
		xsThrow(xsException);
	}
}

void xs_desk_udp_destructor(void *data)
{
	destroy(data);
}

void xs_desk_udp_close(xsMachine *the)
{
	UDP *udp = fxGetHostDataValidate(the, &xsThis, (void *)&hooks);
	if (udp)
		release(the, udp);
}

// read(): an ArrayBuffer with `address` and `port` of who has sent it; undefined when none waits.
void xs_desk_udp_read(xsMachine *the)
{
	UDP *udp = getUDP(the);
	Packet *packet = udp->first;
	char address[INET_ADDRSTRLEN];
	if (!packet)
		return;
	udp->first = packet->next;
	if (!udp->first)
		udp->end = &udp->first;
	udp->waiting--;
	xsmcSetArrayBuffer(xsResult, packet->bytes, (xsIntegerValue)packet->length);
	inet_ntop(AF_INET, &packet->from.sin_addr, address, sizeof(address));
	xsmcVars(1);
	xsmcSetInteger(xsVar(0), ntohs(packet->from.sin_port));
	free(packet);
	xsmcSet(xsResult, xsID("port"), xsVar(0));
	xsmcSetString(xsVar(0), address);
	xsmcSet(xsResult, xsID("address"), xsVar(0));
}

// write(bytes, address, port)
void xs_desk_udp_write(xsMachine *the)
{
	UDP *udp = getUDP(the);
	struct sockaddr_in to = {.sin_family = AF_INET};
	void *bytes;
	xsUnsignedValue length;
	to.sin_port = htons((uint16_t)xsmcToInteger(xsArg(2)));
	if (!inet_aton(xsmcToString(xsArg(1)), &to.sin_addr))
		deskThrow(the, "RangeError", "invalid IP address");
	xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	if (sendto(udp->own.source.fd, bytes, length, 0, (struct sockaddr *)&to, sizeof(to)) < 0)
		deskThrow(the, "Error", "UDP cannot send: %s", strerror(errno));
}

// add(group)
void xs_desk_udp_add(xsMachine *the)
{
	UDP *udp = getUDP(the);
	struct ip_mreqn membership = {.imr_address = udp->address};
	if (!inet_aton(xsmcToString(xsArg(0)), &membership.imr_multiaddr))
		deskThrow(the, "RangeError", "invalid IP address");
	if (udp->group.source.fd < 0)
		openEndpoint(the, udp, &udp->group, membership.imr_multiaddr);
	if (setsockopt(udp->group.source.fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof(membership)))
		deskThrow(the, "Error", "UDP cannot join %s: %s", xsmcToString(xsArg(0)), strerror(errno));
}
