#include "tcp-stream.h"

#include <string.h>

enum {
	mostBytes = 0xffff, // of one chain of lwIP's buffers
	pieceBytes = 256,   // at least, of one buffer for what has come
};

uint32_t xstls_stream_room(const xstls_stream *stream)
{
	uint32_t room = stream->pcb && stream->sending == xstls_sending ? tcp_sndbuf(stream->pcb) : 0;

	if (stream->unsent)
		room = room > stream->unsent->tot_len ? room - stream->unsent->tot_len : 0;
	return room < mostBytes ? room : mostBytes;
}

bool xstls_stream_is_sent(const xstls_stream *stream)
{
	return !stream->pcb || (!stream->unsent && tcp_sndqueuelen(stream->pcb) == 0);
}

void xstls_stream_acknowledged(xstls_stream *stream, uint16_t count)
{
	stream->untaken -= count < stream->untaken ? count : stream->untaken;
}

// The first `count` bytes of what has come go behind the last buffer's.
static void fill(xstls_stream *stream, const struct pbuf *data, uint16_t count)
{
	struct pbuf *last = stream->received;

	for (; last->next; last = last->next)
		last->tot_len = (uint16_t)(last->tot_len + count);
	pbuf_copy_partial(data, (char *)last->payload + last->len, count, 0);
	last->len = last->tot_len = (uint16_t)(last->len + count);
	stream->spare = (uint16_t)(stream->spare - count);
}

static void add(xstls_stream *stream, const struct pbuf *data, struct pbuf *piece, uint16_t from)
{
	uint16_t count = (uint16_t)(data->tot_len - from);

	pbuf_copy_partial(data, piece->payload, count, from);
	stream->spare = (uint16_t)(piece->len - count);
	piece->len = piece->tot_len = count;
	if (stream->received)
		pbuf_cat(stream->received, piece);
	else
		stream->received = piece;
}

// A driver's buffer has room for a whole frame, whatever came in it. Kept as they are, segments of one byte would take all
// memory before TCP's window closes.
bool xstls_stream_append(xstls_stream *stream, struct pbuf *data)
{
	uint16_t count = data->tot_len, fits = count < stream->spare ? count : stream->spare;
	uint16_t rest = (uint16_t)(count - fits);
	struct pbuf *piece = NULL;

	if (stream->readable + count > mostBytes)
		return false;
	if (rest && !(piece = pbuf_alloc(PBUF_RAW, rest < pieceBytes ? pieceBytes : rest, PBUF_RAM)))
		return false;
	if (fits)
		fill(stream, data, fits);
	if (piece)
		add(stream, data, piece, fits);
	stream->readable += count;
	pbuf_free(data);
	return true;
}

void xstls_stream_take(xstls_stream *stream, void *data, uint16_t count)
{
	pbuf_copy_partial(stream->received, data, count, 0);
	stream->received = pbuf_free_header(stream->received, count);
	stream->readable -= count;
	if (!stream->received)
		stream->spare = 0;
	if (stream->pcb)
		tcp_recved(stream->pcb, count);
}

static bool keep(xstls_stream *stream, const void *data, uint16_t count)
{
	struct pbuf *copy = pbuf_alloc(PBUF_RAW, count, PBUF_RAM);

	if (!copy)
		return false;
	memcpy(copy->payload, data, count);
	if (stream->unsent)
		pbuf_cat(stream->unsent, copy);
	else
		stream->unsent = copy;
	return true;
}

bool xstls_stream_send(xstls_stream *stream, const void *data, uint16_t count)
{
	if ((stream->unsent || tcp_write(stream->pcb, data, count, TCP_WRITE_FLAG_COPY) != ERR_OK) &&
	    !keep(stream, data, count))
		return false;
	stream->untaken += count;
	tcp_output(stream->pcb);
	return true;
}

void xstls_stream_flush(xstls_stream *stream)
{
	if (!stream->pcb || (!stream->unsent && stream->sending != xstls_sending_ending))
		return;
	while (stream->unsent) {
		struct pbuf *first = stream->unsent;

		if (tcp_write(stream->pcb, first->payload, first->len, TCP_WRITE_FLAG_COPY) != ERR_OK)
			break;
		stream->unsent = pbuf_free_header(first, first->len);
	}
	if (!stream->unsent && stream->sending == xstls_sending_ending) {
		stream->sending = xstls_sending_ended;
		tcp_shutdown(stream->pcb, 0, 1);
	}
	tcp_output(stream->pcb);
}

void xstls_stream_end(xstls_stream *stream)
{
	if (stream->sending != xstls_sending)
		return;
	stream->sending = xstls_sending_ending;
	xstls_stream_flush(stream);
}

void xstls_stream_free(xstls_stream *stream)
{
	if (stream->received)
		pbuf_free(stream->received);
	if (stream->unsent)
		pbuf_free(stream->unsent);
	stream->received = stream->unsent = NULL;
	stream->readable = stream->spare = 0;
}
