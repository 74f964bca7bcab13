// A TCP connection on lwIP's own interface.
//
// What has come waits here, from the moment at which lwIP has accepted the connection, whether or not a script has
// taken it yet; TCP's window opens again by what the script reads. Handing a connection from one object of a script to
// another changes whom it tells and nothing else, so nothing can come in between.
//
// The end, in order or by reset, is told once all that came before has been read. An end in order waits for what is
// being sent too: a peer that has only closed its own direction still takes it.

#ifndef TCP_CONNECTION_H
#define TCP_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tcp-events.h"

typedef struct xstls_connection xstls_connection;

typedef enum {
	xstls_tcp_ok,
	xstls_tcp_no_memory,
	xstls_tcp_bad_address,
	xstls_tcp_in_use,   // the port
	xstls_tcp_refused,  // by lwIP: there is no route, say
	xstls_tcp_too_much, // more than there is room for
	xstls_tcp_over,     // the connection has ended
} xstls_tcp_result;

// Begins to connect to `address`, an IP address as text. The first event tells how it went.
xstls_tcp_result xstls_connection_open(const xstls_machine *machine, const char *address, uint16_t port, void *owner,
                                       xstls_connection **made);
// From now on `owner` is told: first of all that there is to read, room to write, an end. NULL: nobody is.
void xstls_connection_own(xstls_connection *connection, void *owner);
// What is written goes at once (true), or waits for the peer's answer to what went before (Nagle's algorithm).
void xstls_connection_set_no_delay(xstls_connection *connection, bool noDelay);

// Bytes that can be read.
uint32_t xstls_connection_readable(const xstls_connection *connection);
// Takes `count` bytes, of those that can be read.
void xstls_connection_read(xstls_connection *connection, void *data, uint32_t count);
// Sends all of it or nothing. `room` becomes the bytes that can be written after that. `over`: the end was told, or
// will be.
xstls_tcp_result xstls_connection_write(xstls_connection *connection, const void *data, uint32_t count, uint32_t *room);
// Ends what is sent, and nothing else.
void xstls_connection_end(xstls_connection *connection);
// Ends the connection, and frees `connection`. What was written still goes. Over bytes that were not read it is reset.
void xstls_connection_close(xstls_connection *connection);

// The peer's address as text: 46 bytes are enough.
void xstls_connection_remote(const xstls_connection *connection, char *text, size_t size);
uint16_t xstls_connection_remote_port(const xstls_connection *connection);

#endif
