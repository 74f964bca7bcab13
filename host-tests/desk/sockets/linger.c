// The last bytes of connections that were closed while the kernel's buffer was full.

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "loop/loop.h"
#include "socket.h"

enum { deadline = 10 * 1000000 }; // microseconds that a peer has for taking them

typedef struct {
	LoopSource source;
	LoopTimer timer;
	uint8_t *data;
	size_t offset, length;
} Linger;

static void finish(Linger *linger)
{
	loopUnschedule(&linger->timer);
	loopRemove(&linger->source);
	close(linger->source.fd);
	free(linger->data);
	free(linger);
}

static void ready(LoopSource *source, uint32_t events)
{
	Linger *linger = (Linger *)source;
	while (linger->length) {
		ssize_t sent = send(source->fd, linger->data + linger->offset, linger->length, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0 && errno == EAGAIN && !(events & EPOLLERR))
			return;
		if (sent < 0)
			break;
		linger->offset += (size_t)sent;
		linger->length -= (size_t)sent;
	}
	finish(linger);
}

static void expire(LoopTimer *timer)
{
	finish((Linger *)((char *)timer - offsetof(Linger, timer)));
}

void lingerStart(int fd, uint8_t *data, size_t offset, size_t length)
{
	Linger *linger = calloc(1, sizeof(Linger));
	if (linger) {
		*linger = (Linger){
		    .source = {.ready = ready}, .timer = {.fire = expire}, .data = data, .offset = offset, .length = length};
		if (loopAdd(&linger->source, fd)) {
			loopSchedule(&linger->timer, loopNow() + deadline);
			return;
		}
	}
	close(fd);
	free(data);
	free(linger);
}
