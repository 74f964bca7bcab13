// What a script does with a connection: each call is carried out where lwIP's callbacks run.

#include "tcp-connection-state.h"
#include "tcp-lwip.h"

typedef struct {
	xstls_connection *connection;
	void *owner;
} Owning;

static void own(void *argument)
{
	Owning *owning = argument;
	xstls_connection *connection = owning->connection;

	connection->source.owner = owning->owner;
	connection->isReadable = connection->isWritable = true;
	xstls_events_raise(&connection->source);
}

void xstls_connection_own(xstls_connection *connection, void *owner)
{
	Owning owning = {connection, owner};

	xstls_lwip_run(own, &owning);
}

static void disableNagle(void *argument)
{
	xstls_connection *connection = argument;

	if (connection->stream.pcb)
		tcp_nagle_disable(connection->stream.pcb);
}

static void enableNagle(void *argument)
{
	xstls_connection *connection = argument;

	if (connection->stream.pcb)
		tcp_nagle_enable(connection->stream.pcb);
}

void xstls_connection_set_no_delay(xstls_connection *connection, bool noDelay)
{
	xstls_lwip_run(noDelay ? disableNagle : enableNagle, connection);
}

uint32_t xstls_connection_readable(const xstls_connection *connection)
{
	return connection->stream.readable;
}

typedef struct {
	xstls_connection *connection;
	void *data;
	uint16_t count;
} Reading;

static void receive(void *argument)
{
	Reading *reading = argument;
	xstls_connection *connection = reading->connection;

	xstls_stream_take(&connection->stream, reading->data, reading->count);
	if (connection->state == stateEnding)
		xstls_events_raise(&connection->source);
}

void xstls_connection_read(xstls_connection *connection, void *data, uint32_t count)
{
	Reading reading = {connection, data, (uint16_t)count};

	if (count)
		xstls_lwip_run(receive, &reading);
}

typedef struct {
	xstls_connection *connection;
	const void *data;
	uint16_t count;
	uint32_t room;
	xstls_tcp_result result;
} Writing;

static void transmit(void *argument)
{
	Writing *writing = argument;
	xstls_connection *connection = writing->connection;
	struct tcp_pcb *pcb = connection->stream.pcb;

	writing->result = xstls_tcp_over;
	if (!pcb && connection->state == stateEnding) {
		connection->isGone = true;
		xstls_events_raise(&connection->source);
	}
	if (!pcb || connection->state == stateEnded || connection->stream.sending != xstls_sending)
		return;
	writing->result = xstls_tcp_too_much;
	if (writing->count > xstls_connection_room(connection))
		return;
	writing->result = xstls_tcp_ok;
	if (xstls_stream_send(&connection->stream, writing->data, writing->count)) {
		writing->room = connection->stream.unsent ? 0 : xstls_connection_room(connection);
		return;
	}
	// What cannot be kept would be missing in the middle of what is sent.
	xstls_connection_detach(connection);
	tcp_abort(pcb);
	xstls_connection_note_end(connection);
}

xstls_tcp_result xstls_connection_write(xstls_connection *connection, const void *data, uint32_t count, uint32_t *room)
{
	Writing writing = {.connection = connection, .data = data, .count = (uint16_t)count};

	if (count > 0xffff)
		return xstls_tcp_too_much;
	if (!xstls_lwip_run(transmit, &writing))
		return xstls_tcp_no_memory;
	*room = writing.room;
	return writing.result;
}

static void end(void *argument)
{
	xstls_connection *connection = argument;

	if (connection->state != stateConnecting)
		xstls_stream_end(&connection->stream);
}

void xstls_connection_end(xstls_connection *connection)
{
	xstls_lwip_run(end, connection);
}

static void closeInLwip(void *argument)
{
	xstls_connection *connection = argument;
	struct tcp_pcb *pcb = connection->stream.pcb;

	if (pcb) {
		xstls_stream_flush(&connection->stream);
		xstls_connection_detach(connection);
		// Better reset than cut short without a word.
		if (connection->stream.unsent || tcp_close(pcb) != ERR_OK)
			tcp_abort(pcb);
	}
	xstls_connection_free(connection);
}

void xstls_connection_close(xstls_connection *connection)
{
	xstls_lwip_run(closeInLwip, connection);
}

void xstls_connection_remote(const xstls_connection *connection, char *text, size_t size)
{
	ipaddr_ntoa_r(&connection->remote, text, (int)size);
}

uint16_t xstls_connection_remote_port(const xstls_connection *connection)
{
	return connection->port;
}
