#include "peer-tcp.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

static int checked(int result, const char *what)
{
	if (result >= 0)
		return result;
	perror(what);
	exit(2);
}

static struct sockaddr_in address_of(uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return address;
}

int peer_connect(const char *port)
{
	int socket_ = checked(socket(AF_INET, SOCK_STREAM, 0), "socket");
	struct sockaddr_in address = address_of((uint16_t)atoi(port));
	checked(connect(socket_, (struct sockaddr *)&address, sizeof address), "connect");
	return socket_;
}

int peer_listen(void)
{
	int listener = checked(socket(AF_INET, SOCK_STREAM, 0), "socket");
	struct sockaddr_in address = address_of(0);
	socklen_t length = sizeof address;
	checked(bind(listener, (struct sockaddr *)&address, length), "bind");
	checked(listen(listener, 5), "listen");
	checked(getsockname(listener, (struct sockaddr *)&address, &length), "getsockname");
	printf("listening on %d\n", ntohs(address.sin_port));
	fflush(stdout);
	return listener;
}

int peer_accept(int listener)
{
	return checked(accept(listener, NULL, NULL), "accept");
}
