#include "tcp-connection-internal.h"

#include <stdlib.h>

#include "tcp-lwip.h"
#include "tcp-stream.h"

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
	bool isGone;                 // reset over what it was sent: who does not read may wait for room, and there will be none
};

enum { pollInterval = 2 }; // of half seconds

static uint32_t roomOf(const xstls_connection *connection)
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
		if ((*count = connection->stream.unsent ? 0 : roomOf(connection)) > 0)
			return xstls_event_writable;
	}
	if (connection->state != stateEnding || !mayEnd(connection))
		return xstls_event_none;
	connection->state = stateEnded;
	*count = 0;
	return xstls_event_ended;
}

static void detach(xstls_connection *connection)
{
	struct tcp_pcb *pcb = connection->stream.pcb;

	tcp_arg(pcb, NULL);
	tcp_recv(pcb, NULL);
	tcp_sent(pcb, NULL);
	tcp_err(pcb, NULL);
	tcp_poll(pcb, NULL, 0);
	connection->stream.pcb = NULL;
}

static void onEnd(xstls_connection *connection)
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

static err_t onReceive(void *argument, struct tcp_pcb *pcb, struct pbuf *data, err_t error)
{
	xstls_connection *connection = argument;

	(void)pcb;
	if (!data) {
		// Both directions have ended, and lwIP frees the pcb at its own time, without a word.
		if (connection->stream.sending == xstls_sending_ended)
			detach(connection);
		onEnd(connection);
		return ERR_OK;
	}
	if (error != ERR_OK) {
		pbuf_free(data);
		return ERR_OK;
	}
	// lwIP keeps what is refused, and brings it again.
	if (!mayKeep(connection, data->tot_len) || !xstls_stream_append(&connection->stream, data))
		return ERR_MEM;
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

static void freeConnection(xstls_connection *connection)
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
		freeConnection(connection);
	else if (connection->state != stateEnded)
		onEnd(connection);
}

static void attach(xstls_connection *connection, struct tcp_pcb *pcb)
{
	connection->stream.pcb = pcb;
	tcp_arg(pcb, connection);
	tcp_recv(pcb, onReceive);
	tcp_sent(pcb, onSent);
	tcp_err(pcb, onError);
	tcp_poll(pcb, onPoll, pollInterval);
}

static xstls_connection *makeConnection(void)
{
	xstls_connection *connection = calloc(1, sizeof(xstls_connection));

	if (connection)
		connection->source.tell = tell;
	return connection;
}

bool xstls_queue_append(xstls_queue *queue, struct tcp_pcb *pcb, const xstls_source *other)
{
	xstls_connection *connection = makeConnection(), **place = &queue->first;

	if (!connection)
		return false;
	xstls_events_join_other(other, &connection->source);
	connection->state = stateOpen;
	connection->isWritable = true;
	connection->remote = pcb->remote_ip;
	connection->port = pcb->remote_port;
	attach(connection, pcb);
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

		detach(connection);
		tcp_abort(pcb);
		freeConnection(connection);
	}
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
	attach(connection, pcb);
	error = tcp_connect(pcb, &opening->address, opening->port, onConnected);
	if (error == ERR_OK)
		return xstls_tcp_ok;
	detach(connection);
	tcp_abort(pcb);
	return error == ERR_MEM ? xstls_tcp_no_memory : xstls_tcp_refused;
}

static void openInLwip(void *argument)
{
	Opening *opening = argument;
	xstls_connection *connection = makeConnection();

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
		freeConnection(connection);
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
	if (writing->count > roomOf(connection))
		return;
	writing->result = xstls_tcp_ok;
	if (xstls_stream_send(&connection->stream, writing->data, writing->count)) {
		writing->room = connection->stream.unsent ? 0 : roomOf(connection);
		return;
	}
	// What cannot be kept would be missing in the middle of what is sent.
	detach(connection);
	tcp_abort(pcb);
	onEnd(connection);
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
		detach(connection);
		// Better reset than cut short without a word.
		if (connection->stream.unsent || tcp_close(pcb) != ERR_OK)
			tcp_abort(pcb);
	}
	freeConnection(connection);
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
