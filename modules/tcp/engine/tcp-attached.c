#include "tcp-attached.h"

#include <stdlib.h>

#include "tcp-closed.h"

enum { pollInterval = 2 }; // of half seconds

uint32_t xstls_connection_room(const xstls_connection *connection)
{
	bool isOpen = connection->state == stateOpen || connection->state == stateEnding;

	return isOpen ? xstls_stream_room(&connection->stream) : 0;
}

static bool mayEnd(const xstls_connection *connection)
{
	return connection->isGone || (!connection->stream.readable && xstls_stream_is_sent(&connection->stream));
}

static xstls_event_kind tell(xstls_source *source, uint32_t *count)
{
	xstls_connection *connection = (xstls_connection *)source;

	if (connection->isReadable) {
		connection->isReadable = false;
		if ((*count = connection->stream.readable) > 0)
			return xstls_event_readable;
	}
	if (connection->isWritable) {
		connection->isWritable = false;
		if ((*count = connection->stream.unsent ? 0 : xstls_connection_room(connection)) > 0)
			return xstls_event_writable;
	}
	if (connection->state != stateEnding || !mayEnd(connection))
		return xstls_event_none;
	connection->state = stateEnded;
	*count = 0;
	return xstls_event_ended;
}

void xstls_connection_detach(xstls_connection *connection)
{
	struct tcp_pcb *pcb = connection->stream.pcb;

	tcp_arg(pcb, NULL);
	tcp_recv(pcb, NULL);
	tcp_sent(pcb, NULL);
	tcp_err(pcb, NULL);
	tcp_poll(pcb, NULL, 0);
	connection->stream.pcb = NULL;
}

void xstls_connection_note_end(xstls_connection *connection)
{
	connection->state = stateEnding;
	xstls_events_raise(&connection->source);
}

// Whether it may keep so much more, as one that no script has taken.
static bool mayKeep(const xstls_connection *connection, uint32_t count)
{
	uint32_t all = count;

	if (!connection->queue)
		return true;
	for (const xstls_connection *other = connection->queue->first; other; other = other->next)
		all += other->stream.readable;
	return connection->stream.readable + count <= xstls_tcp_untaken && all <= xstls_tcp_untaken_all;
}

// Both directions have ended, and lwIP frees the pcb at its own time, without a word.
static void leaveToLwip(xstls_connection *connection)
{
	struct tcp_pcb *pcb = connection->stream.pcb;

	xstls_connection_detach(connection);
	xstls_closed_note(pcb);
}

static err_t onReceive(void *argument, struct tcp_pcb *pcb, struct pbuf *data, err_t error)
{
	xstls_connection *connection = argument;

	(void)pcb;
	if (!data) {
		if (connection->stream.sending == xstls_sending_ended)
			leaveToLwip(connection);
		xstls_connection_note_end(connection);
		return ERR_OK;
	}
	if (error != ERR_OK) {
		pbuf_free(data);
		return ERR_OK;
	}
	if (!mayKeep(connection, data->tot_len) || !xstls_stream_append(&connection->stream, data)) {
		// lwIP keeps what is refused, and brings it again,
		if (connection->stream.sending != xstls_sending_ended)
			return ERR_MEM;
		// but not once both directions have ended. To abort here would have lwIP look at a pcb that it has freed.
		pbuf_free(data);
		leaveToLwip(connection);
		xstls_connection_note_end(connection);
		return ERR_OK;
	}
	connection->isReadable = true;
	xstls_events_raise(&connection->source);
	return ERR_OK;
}

static err_t onSent(void *argument, struct tcp_pcb *pcb, u16_t length)
{
	xstls_connection *connection = argument;

	(void)pcb;
	xstls_stream_acknowledged(&connection->stream, length);
	xstls_stream_flush(&connection->stream);
	connection->isWritable = true;
	xstls_events_raise(&connection->source);
	return ERR_OK;
}

// Twice a second: what did not work for lack of memory is tried again.
static err_t onPoll(void *argument, struct tcp_pcb *pcb)
{
	xstls_connection *connection = argument;

	(void)pcb;
	xstls_stream_flush(&connection->stream);
	if (connection->source.isQueued)
		xstls_events_raise(&connection->source);
	return ERR_OK;
}

static void removeFromQueue(xstls_connection *connection)
{
	xstls_connection **place = &connection->queue->first;

	while (*place != connection)
		place = &(*place)->next;
	*place = connection->next;
	connection->queue->count--;
	connection->queue = NULL;
	if (connection->stream.pcb)
		tcp_backlog_accepted(connection->stream.pcb);
}

void xstls_connection_free(xstls_connection *connection)
{
	if (connection->queue)
		removeFromQueue(connection);
	xstls_events_leave(&connection->source);
	xstls_stream_free(&connection->stream);
	free(connection);
}

// lwIP has freed the pcb. Nobody knows of a connection that no script has taken.
static void onError(void *argument, err_t error)
{
	xstls_connection *connection = argument;

	(void)error;
	connection->stream.pcb = NULL;
	connection->isGone = connection->stream.untaken > 0;
	if (connection->queue)
		xstls_connection_free(connection);
	else if (connection->state != stateEnded)
		xstls_connection_note_end(connection);
}

void xstls_connection_attach(xstls_connection *connection, struct tcp_pcb *pcb)
{
	connection->stream.pcb = pcb;
	tcp_arg(pcb, connection);
	tcp_recv(pcb, onReceive);
	tcp_sent(pcb, onSent);
	tcp_err(pcb, onError);
	tcp_poll(pcb, onPoll, pollInterval);
}

xstls_connection *xstls_connection_make(void)
{
	xstls_connection *connection = calloc(1, sizeof(xstls_connection));

	if (connection)
		connection->source.tell = tell;
	return connection;
}

bool xstls_queue_append(xstls_queue *queue, struct tcp_pcb *pcb, const xstls_source *other)
{
	xstls_connection *connection = xstls_connection_make(), **place = &queue->first;

	if (!connection)
		return false;
	xstls_events_join_other(other, &connection->source);
	connection->state = stateOpen;
	connection->isWritable = true;
	connection->remote = pcb->remote_ip;
	connection->port = pcb->remote_port;
	xstls_connection_attach(connection, pcb);
	while (*place)
		place = &(*place)->next;
	*place = connection;
	connection->queue = queue;
	queue->count++;
	tcp_backlog_delayed(pcb);
	return true;
}

xstls_connection *xstls_queue_take(xstls_queue *queue)
{
	xstls_connection *connection = queue->first;

	if (connection)
		removeFromQueue(connection);
	return connection;
}

void xstls_queue_clear(xstls_queue *queue)
{
	while (queue->first) {
		xstls_connection *connection = queue->first;
		struct tcp_pcb *pcb = connection->stream.pcb;

		xstls_connection_detach(connection);
		tcp_abort(pcb);
		xstls_connection_free(connection);
	}
}
