#include "tcp-listener.h"

#include "tcp-attached.h"
#include "tcp-lwip.h"

struct xstls_listener {
	xstls_source source; // first: what is told goes by it
	struct tcp_pcb *pcb;
	xstls_queue queue;
	uint16_t port;
	bool isTold; // of all that wait
};

static xstls_event_kind tell(xstls_source *source, uint32_t *count)
{
	xstls_listener *listener = (xstls_listener *)source;

	*count = listener->queue.count;
	if (listener->isTold || !*count)
		return xstls_event_none;
	listener->isTold = true;
	return xstls_event_readable;
}

// Whatever error it answers with but ERR_ABRT, lwIP resets the connection.
static err_t onAccept(void *argument, struct tcp_pcb *pcb, err_t error)
{
	xstls_listener *listener = argument;

	if (error != ERR_OK || !pcb)
		return ERR_VAL;
	if (listener->queue.count >= xstls_tcp_waiting || !xstls_queue_append(&listener->queue, pcb, &listener->source))
		return ERR_MEM;
	listener->isTold = false;
	xstls_events_raise(&listener->source);
	return ERR_OK;
}

typedef struct {
	const xstls_machine *machine;
	ip_addr_t address;
	uint16_t port;
	void *owner;
	xstls_listener *made;
	xstls_tcp_result result;
} Opening;

static xstls_tcp_result bindTo(xstls_listener *listener, const Opening *opening)
{
	struct tcp_pcb *pcb = tcp_new_ip_type(IPADDR_TYPE_ANY), *listening;
	err_t error;

	if (!pcb)
		return xstls_tcp_no_memory;
	ip_set_option(pcb, SOF_REUSEADDR);
	error = tcp_bind(pcb, &opening->address, opening->port);
	listening = error == ERR_OK ? tcp_listen_with_backlog(pcb, xstls_tcp_waiting) : NULL;
	if (!listening) {
		tcp_abort(pcb);
		return error == ERR_OK ? xstls_tcp_no_memory : error == ERR_USE ? xstls_tcp_in_use : xstls_tcp_refused;
	}
	listener->pcb = listening;
	listener->port = listening->local_port;
	tcp_arg(listening, listener);
	tcp_accept(listening, onAccept);
	return xstls_tcp_ok;
}

static void openInLwip(void *argument)
{
	Opening *opening = argument;
	xstls_listener *listener = xstls_events_make(opening->machine, sizeof(xstls_listener), tell, opening->owner);

	opening->result = listener ? bindTo(listener, opening) : xstls_tcp_no_memory;
	if (opening->result == xstls_tcp_ok)
		opening->made = listener;
	else if (listener)
		xstls_events_free(&listener->source);
}

xstls_tcp_result xstls_listener_open(const xstls_machine *machine, const char *address, uint16_t port, void *owner,
                                     xstls_listener **made)
{
	Opening opening = {.machine = machine, .port = port, .owner = owner};

	if (!address)
		ip_addr_set_any_val(false, opening.address);
	else if (!ipaddr_aton(address, &opening.address))
		return xstls_tcp_bad_address;
	if (!xstls_lwip_run(openInLwip, &opening))
		return xstls_tcp_no_memory;
	*made = opening.made;
	return opening.result;
}

uint16_t xstls_listener_port(const xstls_listener *listener)
{
	return listener->port;
}

uint32_t xstls_listener_waiting(const xstls_listener *listener)
{
	return listener->queue.count;
}

typedef struct {
	xstls_listener *listener;
	xstls_connection *connection;
} Reading;

static void take(void *argument)
{
	Reading *reading = argument;

	reading->connection = xstls_queue_take(&reading->listener->queue);
}

xstls_connection *xstls_listener_read(xstls_listener *listener)
{
	Reading reading = {listener, NULL};

	xstls_lwip_run(take, &reading);
	return reading.connection;
}

static void closeInLwip(void *argument)
{
	xstls_listener *listener = argument;

	tcp_arg(listener->pcb, NULL);
	tcp_accept(listener->pcb, NULL);
	tcp_close(listener->pcb);
	xstls_queue_clear(&listener->queue);
	xstls_events_free(&listener->source);
}

void xstls_listener_close(xstls_listener *listener)
{
	xstls_lwip_run(closeInLwip, listener);
}
