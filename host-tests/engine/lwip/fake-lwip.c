#include "fake-lwip.h"

#include <stdio.h>
#include <stdlib.h>

#include "lwip/priv/tcp_priv.h"
#include "lwip/priv/tcpip_priv.h"

FakeLwip fake;
struct tcp_pcb *tcp_active_pcbs, *tcp_tw_pcbs;
u32_t tcp_ticks;

int fakeDepth;

void fakeCheck(bool isRight, const char *what)
{
	if (isRight)
		return;
	fprintf(stderr, "lwIP: %s\n", what);
	abort();
}

static bool isIn(const struct tcp_pcb *list, const struct tcp_pcb *pcb)
{
	for (const struct tcp_pcb *each = list; each; each = each->next)
		if (each == pcb)
			return true;
	return false;
}

static void checkCall(const struct tcp_pcb *pcb)
{
	fakeCheck(fakeDepth > 0, "called outside of its context");
	fakeCheck(isIn(tcp_active_pcbs, pcb) || isIn(tcp_tw_pcbs, pcb), "called for a connection that is gone");
}

void fakeStart(void)
{
	memset(&fake, 0, sizeof(fake));
}

err_t tcpip_api_call(tcpip_api_call_fn work, struct tcpip_api_call_data *call)
{
	err_t result;

	fakeCheck(fakeDepth == 0, "entered from inside");
	if (fake.isCallRefused)
		return ERR_MEM;
	fake.calls++;
	fakeDepth++;
	result = work(call);
	fakeDepth--;
	return result;
}

int ipaddr_aton(const char *text, ip_addr_t *address)
{
	unsigned a, b, c, d;
	char rest;

	if (sscanf(text, "%u.%u.%u.%u%c", &a, &b, &c, &d, &rest) != 4)
		return 0;
	address->addr = a << 24 | b << 16 | c << 8 | d;
	return 1;
}

char *ipaddr_ntoa_r(const ip_addr_t *address, char *text, int size)
{
	u32_t addr = address->addr;

	snprintf(text, (size_t)size, "%u.%u.%u.%u", (unsigned)(addr >> 24), (unsigned)(addr >> 16 & 255),
	         (unsigned)(addr >> 8 & 255), (unsigned)(addr & 255));
	return text;
}

static struct pbuf *makePbuf(u16_t length)
{
	struct pbuf *data = malloc(sizeof(struct pbuf) + length);

	*data = (struct pbuf){.payload = data + 1, .tot_len = length, .len = length, .ref = 1};
	fake.pbufs++;
	return data;
}

struct pbuf *pbuf_alloc(pbuf_layer layer, u16_t length, pbuf_type type)
{
	(void)layer;
	(void)type;
	return fake.isPbufRefused ? NULL : makePbuf(length);
}

u8_t pbuf_free(struct pbuf *data)
{
	u8_t count = 0;

	while (data && --data->ref == 0) {
		struct pbuf *next = data->next;
		free(data);
		fake.pbufs--;
		count++;
		data = next;
	}
	return count;
}

void pbuf_cat(struct pbuf *head, struct pbuf *tail)
{
	for (;; head = head->next) {
		fakeCheck(head->tot_len + tail->tot_len <= 0xffff, "a chain of more than 65,535 bytes");
		head->tot_len = (u16_t)(head->tot_len + tail->tot_len);
		if (!head->next)
			break;
	}
	head->next = tail;
}

u16_t pbuf_copy_partial(const struct pbuf *data, void *to, u16_t count, u16_t offset)
{
	u16_t done = 0;

	for (; data && done < count; data = data->next) {
		u16_t skip = offset < data->len ? offset : data->len, there = (u16_t)(data->len - skip);
		u16_t use = there < count - done ? there : (u16_t)(count - done);
		memcpy((char *)to + done, (char *)data->payload + skip, use);
		done = (u16_t)(done + use);
		offset = (u16_t)(offset - skip);
	}
	fakeCheck(done == count, "copies more than there is");
	return done;
}

struct pbuf *pbuf_free_header(struct pbuf *data, u16_t size)
{
	while (size && data) {
		struct pbuf *next = data->next;
		if (size < data->len) {
			data->payload = (char *)data->payload + size;
			data->len = (u16_t)(data->len - size);
			data->tot_len = (u16_t)(data->tot_len - size);
			return data;
		}
		size = (u16_t)(size - data->len);
		data->next = NULL;
		pbuf_free(data);
		data = next;
	}
	return data;
}

static struct tcp_pcb *makePcb(void)
{
	struct tcp_pcb *pcb = calloc(1, sizeof(struct tcp_pcb));

	pcb->snd_buf = fakeWindow;
	pcb->isNagle = 1;
	pcb->next = tcp_active_pcbs;
	tcp_active_pcbs = pcb;
	fake.pcbs++;
	return pcb;
}

static void removePcb(struct tcp_pcb *pcb)
{
	struct tcp_pcb **place = isIn(tcp_tw_pcbs, pcb) ? &tcp_tw_pcbs : &tcp_active_pcbs;

	while (*place != pcb)
		place = &(*place)->next;
	*place = pcb->next;
}

static void freePcb(struct tcp_pcb *pcb)
{
	removePcb(pcb);
	if (pcb->refused)
		pbuf_free(pcb->refused);
	fake.delayed -= pcb->isDelayed;
	free(pcb);
	fake.pcbs--;
}

struct tcp_pcb *tcp_new_ip_type(u8_t type)
{
	(void)type;
	fakeCheck(fakeDepth > 0, "called outside of its context");
	return makePcb();
}

err_t tcp_bind(struct tcp_pcb *pcb, const ip_addr_t *address, u16_t port)
{
	(void)address;
	checkCall(pcb);
	pcb->local_port = port ? port : 50000;
	return fake.bindError;
}

struct tcp_pcb *tcp_listen_with_backlog(struct tcp_pcb *pcb, u8_t backlog)
{
	checkCall(pcb);
	pcb->isListening = 1;
	pcb->backlog = backlog;
	fake.listening = pcb;
	return pcb;
}

void tcp_backlog_delayed(struct tcp_pcb *pcb)
{
	checkCall(pcb);
	fakeCheck(!pcb->isDelayed, "counts it twice");
	pcb->isDelayed = 1;
	fake.delayed++;
}

void tcp_backlog_accepted(struct tcp_pcb *pcb)
{
	checkCall(pcb);
	fake.delayed -= pcb->isDelayed;
	pcb->isDelayed = 0;
}

err_t tcp_connect(struct tcp_pcb *pcb, const ip_addr_t *address, u16_t port, tcp_connected_fn connected)
{
	checkCall(pcb);
	pcb->remote_ip = *address;
	pcb->remote_port = port;
	pcb->connected = connected;
	fake.connecting = pcb;
	return fake.connectError;
}

void tcp_arg(struct tcp_pcb *pcb, void *arg)
{
	checkCall(pcb);
	pcb->callback_arg = arg;
}

void tcp_accept(struct tcp_pcb *pcb, tcp_accept_fn accept)
{
	checkCall(pcb);
	pcb->accept = accept;
}

void tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn recv)
{
	checkCall(pcb);
	pcb->recv = recv;
}

void tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn sent)
{
	checkCall(pcb);
	pcb->sent = sent;
}

void tcp_poll(struct tcp_pcb *pcb, tcp_poll_fn poll, u8_t interval)
{
	checkCall(pcb);
	pcb->poll = poll;
	pcb->pollInterval = interval;
}

void tcp_err(struct tcp_pcb *pcb, tcp_err_fn err)
{
	checkCall(pcb);
	pcb->err = err;
}

err_t tcp_write(struct tcp_pcb *pcb, const void *data, u16_t count, u8_t flags)
{
	checkCall(pcb);
	fakeCheck(flags & TCP_WRITE_FLAG_COPY, "keeps a pointer to what may move");
	fakeCheck(!pcb->isShut, "sends after the end");
	if (fake.isFull || pcb->snd_queuelen >= fakeQueue || count > pcb->snd_buf)
		return ERR_MEM;
	memcpy(fake.sent + fake.sentLength, data, count);
	fake.sentLength += count;
	pcb->snd_buf = (u16_t)(pcb->snd_buf - count);
	pcb->snd_queuelen++;
	return ERR_OK;
}

err_t tcp_output(struct tcp_pcb *pcb)
{
	checkCall(pcb);
	fake.outputs++;
	return ERR_OK;
}

void tcp_recved(struct tcp_pcb *pcb, u16_t count)
{
	checkCall(pcb);
	fakeCheck(count <= pcb->unread, "opens the window by more than has come");
	pcb->unread = (u16_t)(pcb->unread - count);
}

err_t tcp_shutdown(struct tcp_pcb *pcb, int read, int write)
{
	checkCall(pcb);
	fakeCheck(!read && write, "shuts what it is not asked to");
	pcb->isShut = 1;
	fake.fins++;
	return ERR_OK;
}

// As lwIP does, with a reset where bytes were not read.
err_t tcp_close(struct tcp_pcb *pcb)
{
	checkCall(pcb);
	if (pcb->unread)
		fake.resets++;
	else if (!pcb->isShut && !pcb->isListening)
		fake.fins++;
	if (!fake.keepsClosed || pcb->unread || pcb->isListening)
		freePcb(pcb);
	return ERR_OK;
}

void tcp_abort(struct tcp_pcb *pcb)
{
	checkCall(pcb);
	if (isIn(tcp_tw_pcbs, pcb)) {
		freePcb(pcb);
		return;
	}
	if (pcb->err) {
		tcp_err_fn err = pcb->err;
		void *arg = pcb->callback_arg;
		fake.resets++;
		freePcb(pcb);
		err(arg, ERR_ABRT);
		return;
	}
	fake.resets++;
	freePcb(pcb);
}

struct tcp_pcb *fakeAccept(u16_t port)
{
	struct tcp_pcb *pcb;

	if (fake.delayed >= fake.listening->backlog) {
		fake.unanswered++;
		return NULL;
	}
	pcb = makePcb();
	pcb->remote_ip.addr = 10u << 24 | 1;
	pcb->remote_port = port;
	fakeDepth++;
	if (fake.listening->accept(fake.listening->callback_arg, pcb, ERR_OK) != ERR_OK) {
		tcp_abort(pcb);
		pcb = NULL;
	}
	fakeDepth--;
	return pcb;
}

void fakeAcceptWithoutMemory(void)
{
	fakeDepth++;
	fake.listening->accept(fake.listening->callback_arg, NULL, ERR_MEM);
	fakeDepth--;
}

void fakeConnected(struct tcp_pcb *pcb)
{
	fakeDepth++;
	pcb->connected(pcb->callback_arg, pcb, ERR_OK);
	fakeDepth--;
}

static bool bring(struct tcp_pcb *pcb, struct pbuf *data)
{
	err_t error;

	fakeDepth++;
	error = pcb->recv(pcb->callback_arg, pcb, data, ERR_OK);
	fakeDepth--;
	pcb->refused = error == ERR_OK ? NULL : data;
	return error == ERR_OK;
}

bool fakeReceive(struct tcp_pcb *pcb, const char *bytes)
{
	// A driver's own.
	struct pbuf *data = makePbuf((u16_t)strlen(bytes));

	memcpy(data->payload, bytes, data->len);
	pcb->unread = (u16_t)(pcb->unread + data->len);
	return bring(pcb, data);
}

bool fakeTick(struct tcp_pcb *pcb)
{
	return bring(pcb, pcb->refused);
}

void fakeAcknowledge(struct tcp_pcb *pcb)
{
	u16_t count = (u16_t)(fakeWindow - pcb->snd_buf);

	pcb->snd_buf = fakeWindow;
	pcb->snd_queuelen = 0;
	fakeDepth++;
	pcb->sent(pcb->callback_arg, pcb, count);
	fakeDepth--;
}

void fakeFin(struct tcp_pcb *pcb)
{
	fakeDepth++;
	pcb->recv(pcb->callback_arg, pcb, NULL, ERR_OK);
	fakeDepth--;
}

void fakeFinOfClosed(struct tcp_pcb *pcb)
{
	removePcb(pcb);
	pcb->snd_buf = fakeWindow;
	pcb->next = tcp_tw_pcbs;
	tcp_tw_pcbs = pcb;
}

void fakeForget(struct tcp_pcb *pcb)
{
	freePcb(pcb);
}

void fakeReset(struct tcp_pcb *pcb)
{
	tcp_err_fn err = pcb->err;
	void *arg = pcb->callback_arg;

	freePcb(pcb);
	fakeDepth++;
	err(arg, ERR_RST);
	fakeDepth--;
}

void fakePoll(struct tcp_pcb *pcb)
{
	fakeDepth++;
	pcb->poll(pcb->callback_arg, pcb);
	fakeDepth--;
}
