// What a listener knows of connections. All of it is for where lwIP's callbacks run.

#ifndef TCP_CONNECTION_INTERNAL_H
#define TCP_CONNECTION_INTERNAL_H

#include "lwip/tcp.h"

#include "tcp-connection-state.h"

// Connections that lwIP has accepted and no script has taken.
struct xstls_queue {
	xstls_connection *first;
	uint32_t count;
};

// A connection of `pcb`, which lwIP has just accepted, at the end of the queue; it tells the machine that `other` does.
// False without memory.
bool xstls_queue_append(xstls_queue *queue, struct tcp_pcb *pcb, const xstls_source *other);
// Takes the first; NULL when there is none.
xstls_connection *xstls_queue_take(xstls_queue *queue);
// Resets those that are left.
void xstls_queue_clear(xstls_queue *queue);

#endif
