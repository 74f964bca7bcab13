// The bytes of a connection, to and from lwIP. All of it is for where lwIP's callbacks run.

#ifndef TCP_STREAM_H
#define TCP_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "lwip/tcp.h"

typedef enum {
	xstls_sending,
	xstls_sending_ending, // once all was given to lwIP
	xstls_sending_ended,
} xstls_sending_state;

typedef struct {
	struct tcp_pcb *pcb; // NULL when lwIP has freed it
	struct pbuf *received;
	struct pbuf *unsent;        // what lwIP has had no place for yet, though there was room
	volatile uint32_t readable; // bytes in `received`; a script's task reads it at any time
	uint16_t spare;             // bytes free behind those in its last buffer
	xstls_sending_state sending;
	uint32_t untaken; // bytes sent that the peer has not acknowledged
} xstls_stream;

// Bytes that can be sent.
uint32_t xstls_stream_room(const xstls_stream *stream);
// The peer has all that was sent.
bool xstls_stream_is_sent(const xstls_stream *stream);
// The peer has that many bytes more of what was sent.
void xstls_stream_acknowledged(xstls_stream *stream, uint16_t count);
// Copies what has come, and frees it. False when that would be too much, or without memory.
bool xstls_stream_append(xstls_stream *stream, struct pbuf *data);
// Moves `count` bytes, of those that are readable, to `data`, and opens TCP's window by them.
void xstls_stream_take(xstls_stream *stream, void *data, uint16_t count);
// Sends as much as there is room for. False when it can neither be sent nor kept for lack of memory.
bool xstls_stream_send(xstls_stream *stream, const void *data, uint16_t count);
// Gives lwIP what it has had no place for, and the end behind it.
void xstls_stream_flush(xstls_stream *stream);
// Ends what is sent.
void xstls_stream_end(xstls_stream *stream);
// Frees what has come and what was not sent.
void xstls_stream_free(xstls_stream *stream);

#endif
