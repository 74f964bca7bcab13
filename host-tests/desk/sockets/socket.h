// What TCP and Listener share.

#ifndef DESK_SOCKET_H
#define DESK_SOCKET_H

#include <netinet/in.h>
#include <sys/socket.h>

#include "xsmc.h"

typedef union {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
} SocketAddress;

// Fills in `address` from a numeric IPv4 or IPv6 address, or from a host name when `resolve`. False when it is none.
bool socketAddressParse(SocketAddress *address, const char *text, uint16_t port, bool resolve);
socklen_t socketAddressLength(const SocketAddress *address);
uint16_t socketAddressPort(const SocketAddress *address);

// Makes a host instance of class TCP of a connected, non-blocking socket, which it then owns. It does nothing by itself
// until it is passed as `from`.
void tcpAdopt(xsMachine *the, xsSlot *instance, int fd, const SocketAddress *remote);

// Sends what is left of a closed connection, `length` bytes of `data` from `offset` on, in the background; then closes.
// Takes the socket and the memory.
void lingerStart(int fd, uint8_t *data, size_t offset, size_t length);

// A descriptor became free: listeners that had none for their next connection try again.
void listenerRetry(void);

#endif
