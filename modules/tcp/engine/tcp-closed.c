#include "tcp-closed.h"

#include <stdbool.h>
#include <stdint.h>

#include "lwip/priv/tcp_priv.h"

// Nobody is told of it any more.
static bool isClosed(const struct tcp_pcb *pcb)
{
	return !pcb->callback_arg && (pcb->state == FIN_WAIT_1 || pcb->state == FIN_WAIT_2 || pcb->state == CLOSING ||
	                              pcb->state == LAST_ACK || pcb->state == TIME_WAIT || (pcb->flags & TF_CLOSEPEND));
}

// The newest are first.
static void boundList(struct tcp_pcb *pcb)
{
	uint32_t count = 0, bytes = 0;

	while (pcb) {
		struct tcp_pcb *next = pcb->next;
		if (isClosed(pcb)) {
			count++;
			bytes += (uint32_t)TCP_SND_BUF - tcp_sndbuf(pcb);
			if (count > xstls_tcp_closed || bytes > xstls_tcp_closed_full * (uint32_t)TCP_SND_BUF)
				tcp_abort(pcb);
		}
		pcb = next;
	}
}

void xstls_closed_bound(void)
{
	boundList(tcp_active_pcbs);
	boundList(tcp_tw_pcbs);
}
