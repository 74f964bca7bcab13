// One listener and one connection that it has accepted: what the tests of a connection begin with.

#ifndef TCP_CONNECTED_H
#define TCP_CONNECTED_H

#include "machine.h"

static int listening, here; // owners
static xstls_listener *listener;
static xstls_connection *connection;
static struct tcp_pcb *pcb;

static int start(void **state)
{
	machineStart(state);
	listener = machineListen(&listening);
	connection = machineAccept(listener, &here, &pcb);
	return 0;
}

static int end(void **state)
{
	xstls_connection_close(connection);
	xstls_listener_close(listener);
	return machineEnd(state);
}

static inline xstls_tcp_result writeText(const char *text, uint32_t *room)
{
	return xstls_connection_write(connection, text, (uint32_t)strlen(text), room);
}

#endif
