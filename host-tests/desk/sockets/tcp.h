// A TCP connection and the object of class TCP that it belongs to. tcp.c moves the bytes, tcp-class.c is the class.

#ifndef DESK_TCP_H
#define DESK_TCP_H

#include "loop/loop.h"
#include "socket.h"

typedef enum {
	stateIdle, // from a listener, and nobody listens to it yet
	stateConnecting,
	stateOpen,
	stateEnding, // the peer is done; onError comes when everything has been read
	stateEnded,  // onError has been called
} State;

typedef struct {
	LoopSource source; // source.fd is -1 once the connection has gone to another object
	xsMachine *the;
	xsSlot self, onReadable, onWritable, onError;
	SocketAddress remote;
	State state;
	bool numbers; // format "number"
	bool broken;  // sending has failed
	bool more;    // the kernel has more than was announced
	uint32_t readable, room;
	uint8_t *unsent; // of tcpWindow bytes, while the kernel's buffer is full
	uint32_t unsentOffset, unsentLength;
	bool closed;
	bool serving; // ready() is on the stack and frees it
} TCP;

// Bytes that onWritable offers and onReadable announces at most (option --window).
extern uint32_t tcpWindow;

// The loop's entry: events of the kernel in, callbacks out.
void tcpReady(LoopSource *source, uint32_t events);
// Closes the connection, if it still has one, and frees `tcp`: at once, or when its callbacks have returned.
void tcpDestroy(TCP *tcp);

// Takes `count` bytes that were announced. False when a reset has destroyed them.
bool tcpReceive(TCP *tcp, uint8_t *data, uint32_t count);
// Sends `count` bytes, for which there is room. False when the connection cannot send any more.
bool tcpTransmit(TCP *tcp, const uint8_t *data, uint32_t count);

#endif
