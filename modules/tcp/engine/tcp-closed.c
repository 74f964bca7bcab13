#include "tcp-closed.h"

#include <stdint.h>

#include "lwip/priv/tcp_priv.h"

enum {
	mostClosed = MEMP_NUM_TCP_PCB, // as many as lwIP is configured for, which ESP-IDF does not see to
	mostUntaken = 2 * TCP_SND_BUF, // bytes that their peers have not taken, all together
	patience = 120,                // half seconds
};

// The peer has not taken all within a minute.
static err_t giveUp(void *argument, struct tcp_pcb *pcb)
{
	(void)argument;
	tcp_abort(pcb);
	return ERR_ABRT;
}

void xstls_closed_note(struct tcp_pcb *pcb)
{
	// By this they are known, and how long each has been closed.
	tcp_poll(pcb, giveUp, patience);
	pcb->polltmr = 0;
}

bool xstls_closed_close(struct tcp_pcb *pcb)
{
	xstls_closed_note(pcb);
	return tcp_close(pcb) == ERR_OK;
}

static uint32_t untaken(const struct tcp_pcb *pcb)
{
	return (uint32_t)TCP_SND_BUF - tcp_sndbuf(pcb);
}

typedef struct {
	uint32_t count, untaken;
	struct tcp_pcb *oldest, *oldestUntaken; // that still close
	struct tcp_pcb *waiting;                // the one that has waited for longest since
} Closed;

static Closed findAll(void)
{
	Closed closed = {0};

	// The last to come is the first of each list.
	for (struct tcp_pcb *pcb = tcp_active_pcbs; pcb; pcb = pcb->next) {
		if (pcb->poll != giveUp)
			continue;
		closed.count++;
		closed.untaken += untaken(pcb);
		if (!closed.oldest || pcb->polltmr >= closed.oldest->polltmr)
			closed.oldest = pcb;
		if (untaken(pcb) && (!closed.oldestUntaken || pcb->polltmr >= closed.oldestUntaken->polltmr))
			closed.oldestUntaken = pcb;
	}
	for (struct tcp_pcb *pcb = tcp_tw_pcbs; pcb; pcb = pcb->next) {
		closed.count++;
		closed.waiting = pcb;
	}
	return closed;
}

void xstls_closed_trim(void)
{
	for (;;) {
		Closed closed = findAll();

		if (closed.untaken > mostUntaken)
			tcp_abort(closed.oldestUntaken);
		else if (closed.count > mostClosed)
			tcp_abort(closed.waiting ? closed.waiting : closed.oldest);
		else
			return;
	}
}
