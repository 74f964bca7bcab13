#include "tcp-closed.h"

#include <stdint.h>

#include "lwip/priv/tcp_priv.h"

enum {
	mostClosed = MEMP_NUM_TCP_PCB, // as many as lwIP is configured for, which ESP-IDF does not see to
	mostUntaken = 2 * TCP_SND_BUF, // bytes that their peers have not taken, all together
	patience = 120,                // half seconds
};

// How long it has been closed, in half seconds.
static uint32_t age(const struct tcp_pcb *pcb)
{
	return tcp_ticks - (uint32_t)(uintptr_t)pcb->callback_arg;
}

// The peer has not taken all within a minute.
static err_t giveUp(void *argument, struct tcp_pcb *pcb)
{
	(void)argument;
	if (age(pcb) < patience)
		return ERR_OK;
	tcp_abort(pcb);
	return ERR_ABRT;
}

void xstls_closed_note(struct tcp_pcb *pcb)
{
	// By this they are known. It is asked each half second: lwIP begins anew to count towards the next time whenever
	// the peer takes something, and one that takes a byte at a time would never be asked for.
	tcp_poll(pcb, giveUp, 1);
	tcp_arg(pcb, (void *)(uintptr_t)tcp_ticks);
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
		if (!closed.oldest || age(pcb) >= age(closed.oldest))
			closed.oldest = pcb;
		if (untaken(pcb) && (!closed.oldestUntaken || age(pcb) >= age(closed.oldestUntaken)))
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
