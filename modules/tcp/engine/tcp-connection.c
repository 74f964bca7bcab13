#include "tcp-connection.h"

#include <stdlib.h>

#include "tcp-attached.h"
#include "tcp-closed.h"
#include "tcp-lwip.h"

static err_t onConnected(void *argument, struct tcp_pcb *pcb, err_t error)
{
	xstls_connection *connection = argument;

	(void)pcb;
	(void)error; // lwIP calls it for a success alone
	connection->state = stateOpen;
	connection->isWritable = true;
	xstls_events_raise(&connection->source);
	return ERR_OK;
}

typedef struct {
	const xstls_machine *machine;
	ip_addr_t address;
	uint16_t port;
	void *owner;
	xstls_connection *made;
	xstls_tcp_result result;
} Opening;

static xstls_tcp_result connectPcb(xstls_connection *connection, Opening *opening)
{
	struct tcp_pcb *pcb = tcp_new_ip_type(IP_GET_TYPE(&opening->address));
	err_t error;

	if (!pcb)
		return xstls_tcp_no_memory;
	xstls_connection_attach(connection, pcb);
	error = tcp_connect(pcb, &opening->address, opening->port, onConnected);
	if (error == ERR_OK)
		return xstls_tcp_ok;
	xstls_connection_detach(connection);
	tcp_abort(pcb);
	return error == ERR_MEM ? xstls_tcp_no_memory : xstls_tcp_refused;
}

static void openInLwip(void *argument)
{
	Opening *opening = argument;
	xstls_connection *connection = xstls_connection_make();

	opening->result = xstls_tcp_no_memory;
	if (!connection)
		return;
	if (!xstls_events_join(opening->machine, &connection->source)) {
		free(connection);
		return;
	}
	connection->source.owner = opening->owner;
	connection->remote = opening->address;
	connection->port = opening->port;
	opening->result = connectPcb(connection, opening);
	if (opening->result == xstls_tcp_ok)
		opening->made = connection;
	else
		xstls_connection_free(connection);
}

xstls_tcp_result xstls_connection_open(const xstls_machine *machine, const char *address, uint16_t port, void *owner,
                                       xstls_connection **made)
{
	Opening opening = {.machine = machine, .port = port, .owner = owner};

	if (!ipaddr_aton(address, &opening.address))
		return xstls_tcp_bad_address;
	if (!xstls_lwip_run(openInLwip, &opening))
		return xstls_tcp_no_memory;
	*made = opening.made;
	return opening.result;
}

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
		if (connection->stream.unsent || !xstls_closed_close(pcb))
			tcp_abort(pcb);
	}
	xstls_connection_free(connection);
	xstls_closed_trim();
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
