// A connection, what lwIP tells of it, and those that no script has taken. All of it is for where lwIP's callbacks run.

#ifndef TCP_ATTACHED_H
#define TCP_ATTACHED_H

#include <stdbool.h>
#include <stdint.h>

#include "lwip/tcp.h"

#include "tcp-events.h"
#include "tcp-stream.h"

typedef struct xstls_connection xstls_connection;
typedef struct xstls_queue xstls_queue;

enum {
	// Bytes that a connection which no script has taken keeps, and all of a listener's together; lwIP keeps what it has in
	// hand beyond that, and the peer waits.
	xstls_tcp_untaken = 2920,
	xstls_tcp_untaken_all = 8 * xstls_tcp_untaken,
};

typedef enum {
	stateConnecting,
	stateOpen,
	stateEnding, // the peer's FIN has come, or a reset: there is no pcb then
	stateEnded,  // and that was told
} State;

struct xstls_connection {
	xstls_source source; // first: what is told goes by it
	xstls_stream stream;
	xstls_queue *queue; // while no script has taken the connection
	xstls_connection *next;
	ip_addr_t remote;
	uint16_t port;
	uint8_t state;
	bool isReadable, isWritable; // to be told
	bool isGone; // reset over what it was sent: who does not read may wait for room, and there will be none
};

// Connections that lwIP has accepted and no script has taken.
struct xstls_queue {
	xstls_connection *first;
	uint32_t count;
};

// One that is connecting, without a pcb; NULL without memory.
xstls_connection *xstls_connection_make(void);
// From now on lwIP calls for it.
void xstls_connection_attach(xstls_connection *connection, struct tcp_pcb *pcb);
// lwIP calls for it no more, and its pcb is the caller's.
void xstls_connection_detach(xstls_connection *connection);
// Bytes that may be written now.
uint32_t xstls_connection_room(const xstls_connection *connection);
// The peer will send no more: that is told behind all that came.
void xstls_connection_note_end(xstls_connection *connection);
// It has no pcb any more.
void xstls_connection_free(xstls_connection *connection);

// A connection of `pcb`, which lwIP has just accepted, at the end of the queue; it tells the machine that `other` does.
// False without memory.
bool xstls_queue_append(xstls_queue *queue, struct tcp_pcb *pcb, const xstls_source *other);
// Takes the first; NULL when there is none.
xstls_connection *xstls_queue_take(xstls_queue *queue);
// Resets those that are left.
void xstls_queue_clear(xstls_queue *queue);

#endif
