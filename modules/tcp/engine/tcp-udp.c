#include "tcp-udp.h"

#include <stdlib.h>
#include <string.h>

#include "lwip/igmp.h"
#include "lwip/udp.h"

#include "tcp-lwip.h"

struct xstls_udp {
	xstls_source source; // first: what is told goes by it
	struct udp_pcb *pcb;
	xstls_packet *first, *last;
	uint32_t count, bytes; // of those that wait
	bool isTold;           // of all that wait
};

static xstls_event_kind tell(xstls_source *source, uint32_t *count)
{
	xstls_udp *udp = (xstls_udp *)source;

	*count = udp->count;
	if (udp->isTold || !*count)
		return xstls_event_none;
	udp->isTold = true;
	return xstls_event_readable;
}

static xstls_packet *copy(const struct pbuf *data, const ip_addr_t *address, u16_t port)
{
	xstls_packet *packet = malloc(sizeof(xstls_packet) + data->tot_len);

	if (!packet)
		return NULL;
	packet->next = NULL;
	ipaddr_ntoa_r(address, packet->address, sizeof(packet->address));
	packet->port = port;
	packet->length = data->tot_len;
	pbuf_copy_partial(data, packet->bytes, data->tot_len, 0);
	return packet;
}

static void append(xstls_udp *udp, xstls_packet *packet)
{
	if (udp->first)
		udp->last->next = packet;
	else
		udp->first = packet;
	udp->last = packet;
	udp->count++;
	udp->bytes += packet->length;
	udp->isTold = false;
	xstls_events_raise(&udp->source);
}

static void onPacket(void *argument, struct udp_pcb *pcb, struct pbuf *data, const ip_addr_t *address, u16_t port)
{
	xstls_udp *udp = argument;
	bool hasRoom = udp->count < xstls_udp_waiting && udp->bytes + data->tot_len <= xstls_udp_waiting_all;
	xstls_packet *packet = hasRoom ? copy(data, address, port) : NULL;

	(void)pcb;
	pbuf_free(data);
	if (packet)
		append(udp, packet);
}

typedef struct {
	const xstls_machine *machine;
	uint16_t port;
	uint8_t timeToLive;
	void *owner;
	xstls_udp *made;
	xstls_tcp_result result;
} Opening;

static xstls_tcp_result bindTo(xstls_udp *udp, const Opening *opening)
{
	struct udp_pcb *pcb = udp_new_ip_type(IPADDR_TYPE_ANY);
	ip_addr_t any;

	if (!pcb)
		return xstls_tcp_no_memory;
	ip_addr_set_any_val(false, any);
	if (udp_bind(pcb, &any, opening->port) != ERR_OK) {
		udp_remove(pcb);
		return xstls_tcp_in_use;
	}
	if (opening->timeToLive)
		pcb->ttl = opening->timeToLive;
	udp_recv(pcb, onPacket, udp);
	udp->pcb = pcb;
	return xstls_tcp_ok;
}

static void openInLwip(void *argument)
{
	Opening *opening = argument;
	xstls_udp *udp = xstls_events_make(opening->machine, sizeof(xstls_udp), tell, opening->owner);

	opening->result = udp ? bindTo(udp, opening) : xstls_tcp_no_memory;
	if (opening->result == xstls_tcp_ok)
		opening->made = udp;
	else if (udp)
		xstls_events_free(&udp->source);
}

xstls_tcp_result xstls_udp_open(const xstls_machine *machine, uint16_t port, uint8_t timeToLive, void *owner,
                                xstls_udp **made)
{
	Opening opening = {.machine = machine, .port = port, .timeToLive = timeToLive, .owner = owner};

	if (!xstls_lwip_run(openInLwip, &opening))
		return xstls_tcp_no_memory;
	*made = opening.made;
	return opening.result;
}

typedef struct {
	xstls_udp *udp;
	const xstls_packet *first;
} Looking;

static void look(void *argument)
{
	Looking *looking = argument;

	looking->first = looking->udp->first;
}

const xstls_packet *xstls_udp_first(xstls_udp *udp)
{
	Looking looking = {udp, NULL};

	xstls_lwip_run(look, &looking);
	return looking.first;
}

static void drop(void *argument)
{
	xstls_udp *udp = argument;
	xstls_packet *packet = udp->first;

	udp->first = packet->next;
	udp->count--;
	udp->bytes -= packet->length;
	free(packet);
}

void xstls_udp_drop_first(xstls_udp *udp)
{
	xstls_lwip_run(drop, udp);
}

typedef struct {
	xstls_udp *udp;
	const void *data;
	uint16_t count, port;
	ip_addr_t address;
	xstls_tcp_result result;
} Sending;

static void transmit(void *argument)
{
	Sending *sending = argument;
	struct pbuf *data = pbuf_alloc(PBUF_TRANSPORT, sending->count, PBUF_RAM);

	if (!data)
		return;
	memcpy(data->payload, sending->data, sending->count);
	sending->result = udp_sendto(sending->udp->pcb, data, &sending->address, sending->port) == ERR_OK
	                      ? xstls_tcp_ok
	                      : xstls_tcp_refused;
	pbuf_free(data);
}

xstls_tcp_result xstls_udp_send(xstls_udp *udp, const void *data, uint32_t count, const char *address, uint16_t port)
{
	Sending sending = {.udp = udp, .data = data, .count = (uint16_t)count, .port = port, .result = xstls_tcp_no_memory};

	if (count > xstls_udp_most)
		return xstls_tcp_too_much;
	if (!ipaddr_aton(address, &sending.address))
		return xstls_tcp_bad_address;
	xstls_lwip_run(transmit, &sending);
	return sending.result;
}

typedef struct {
	ip_addr_t group;
	bool isMember;
	xstls_tcp_result result;
} Joining;

static void join(void *argument)
{
	Joining *joining = argument;
	const ip4_addr_t *group = ip_2_ip4(&joining->group);
	err_t error = joining->isMember ? igmp_joingroup(IP4_ADDR_ANY4, group) : igmp_leavegroup(IP4_ADDR_ANY4, group);

	joining->result = error == ERR_MEM ? xstls_tcp_no_memory : xstls_tcp_ok;
}

xstls_tcp_result xstls_udp_join(const char *group, bool isMember)
{
	Joining joining = {.isMember = isMember, .result = xstls_tcp_no_memory};

	if (!ipaddr_aton(group, &joining.group) || !IP_IS_V4(&joining.group) || !ip_addr_ismulticast(&joining.group))
		return xstls_tcp_bad_address;
	xstls_lwip_run(join, &joining);
	return joining.result;
}

static void closeInLwip(void *argument)
{
	xstls_udp *udp = argument;

	udp_remove(udp->pcb);
	while (udp->first)
		drop(udp);
	xstls_events_free(&udp->source);
}

void xstls_udp_close(xstls_udp *udp)
{
	xstls_lwip_run(closeInLwip, udp);
}
