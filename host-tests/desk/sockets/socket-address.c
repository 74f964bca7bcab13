#include <arpa/inet.h>
#include <netdb.h>

#include "socket.h"

bool socketAddressParse(SocketAddress *address, const char *text, uint16_t port, bool resolve)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = resolve ? 0 : AI_NUMERICHOST};
	struct addrinfo *found;
	if (getaddrinfo(text, NULL, &hints, &found))
		return false;
	memset(address, 0, sizeof(*address));
	memcpy(address, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	// Both families keep the port at the same place, but that is nobody's promise.
	if (address->any.sa_family == AF_INET6)
		address->v6.sin6_port = htons(port);
	else
		address->v4.sin_port = htons(port);
	return true;
}

socklen_t socketAddressLength(const SocketAddress *address)
{
	return address->any.sa_family == AF_INET6 ? sizeof(address->v6) : sizeof(address->v4);
}

uint16_t socketAddressPort(const SocketAddress *address)
{
	return ntohs(address->any.sa_family == AF_INET6 ? address->v6.sin6_port : address->v4.sin_port);
}
