#include "tcp-stream.h"

#include <string.h>

enum { mostBytes = 0xffff }; // of one chain of lwIP's buffers

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

bool xstls_stream_append(xstls_stream *stream, struct pbuf *data)
{
	if (stream->readable + data->tot_len > mostBytes)
		return false;
	stream->readable += data->tot_len;
	if (stream->received)
		pbuf_cat(stream->received, data);
	else
		stream->received = data;
	return true;
}

void xstls_stream_take(xstls_stream *stream, void *data, uint16_t count)
{
	pbuf_copy_partial(stream->received, data, count, 0);
	stream->received = pbuf_free_header(stream->received, count);
	stream->readable -= count;
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
	stream->readable = 0;
}
