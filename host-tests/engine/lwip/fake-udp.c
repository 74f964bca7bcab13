#include "fake-udp.h"

#include <stdlib.h>

FakeUdp fakeUdp;

struct udp_pcb *udp_new_ip_type(u8_t type)
{
	(void)type;
	fakeCheck(fakeDepth > 0, "called outside of its context");
	memset(&fakeUdp, 0, sizeof(fakeUdp));
	fakeUdp.pcb = calloc(1, sizeof(struct udp_pcb));
	fake.pcbs++;
	return fakeUdp.pcb;
}

err_t udp_bind(struct udp_pcb *pcb, const ip_addr_t *address, u16_t port)
{
	(void)address;
	pcb->local_port = port;
	return fake.bindError;
}

void udp_recv(struct udp_pcb *pcb, udp_recv_fn recv, void *arg)
{
	pcb->recv = recv;
	pcb->arg = arg;
}

err_t udp_sendto(struct udp_pcb *pcb, struct pbuf *data, const ip_addr_t *address, u16_t port)
{
	fakeCheck(fakeDepth > 0 && pcb == fakeUdp.pcb, "called for a socket that is gone, or outside of its context");
	fakeUdp.sentLength = pbuf_copy_partial(data, fakeUdp.sent, data->tot_len, 0);
	fakeUdp.sentAddress = address->addr;
	fakeUdp.sentPort = port;
	return fakeUdp.sendError;
}

void udp_remove(struct udp_pcb *pcb)
{
	fakeCheck(fakeDepth > 0, "called outside of its context");
	free(pcb);
	fake.pcbs--;
}

static err_t setMember(const ip4_addr_t *group, int change)
{
	fakeCheck(fakeDepth > 0, "called outside of its context");
	fakeUdp.group = group->addr;
	fakeUdp.members += change;
	return fakeUdp.joinError;
}

err_t igmp_joingroup(const ip4_addr_t *interface, const ip4_addr_t *group)
{
	(void)interface;
	return setMember(group, 1);
}

err_t igmp_leavegroup(const ip4_addr_t *interface, const ip4_addr_t *group)
{
	(void)interface;
	return setMember(group, -1);
}

void fakePacket(u16_t length, char letter, u16_t port)
{
	const ip_addr_t from = {10u << 24 | 1};
	struct pbuf *data = pbuf_alloc(PBUF_RAW, length, PBUF_RAM);

	memset(data->payload, letter, length);
	fakeDepth++;
	fakeUdp.pcb->recv(fakeUdp.pcb->arg, fakeUdp.pcb, data, &from, port);
	fakeDepth--;
}
