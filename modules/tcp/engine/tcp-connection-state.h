// A connection, for the two files that have to do with it. All of it is for where lwIP's callbacks run.

#ifndef TCP_CONNECTION_STATE_H
#define TCP_CONNECTION_STATE_H

#include "lwip/tcp.h"

#include "tcp-connection.h"
#include "tcp-events.h"
#include "tcp-stream.h"

typedef struct xstls_queue xstls_queue;

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

// Bytes that may be written now.
uint32_t xstls_connection_room(const xstls_connection *connection);
// lwIP calls for it no more, and its pcb is the caller's.
void xstls_connection_detach(xstls_connection *connection);
// The peer will send no more: that is told behind all that came.
void xstls_connection_note_end(xstls_connection *connection);
// It has no pcb any more.
void xstls_connection_free(xstls_connection *connection);

#endif
