// A TCP connection in the event loop.
//
// What has come stays in the kernel until the script reads it, so a script that does not read makes the peer wait. What
// is announced by onReadable is what ioctl(FIONREAD) counts, up to a limit; the rest is announced when that is taken.
//
// What is written goes to the kernel at once. `room` is how much write() takes before the next onWritable, a small
// window as on a device; when the kernel takes less than was promised, the rest waits in `unsent`. The window opens
// again, and onWritable says so, on the turn after everything has gone to the kernel.
//
// The end of the connection, in order or by reset, is told by onError once all that came before has been read. An end
// in order waits for what is being sent too: a peer that has only closed its own direction still takes it. A device
// does not wait for that.

#include "tcp.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "common/report.h"
#include "natives/desk.h"

uint32_t tcpWindow = 32768;

void tcpDestroy(TCP *tcp)
{
	if (tcp->source.fd >= 0) {
		if (tcp->state != stateIdle)
			loopRemove(&tcp->source);
		if (tcp->unsentLength && !tcp->broken && !reportIsExiting()) {
			lingerStart(tcp->source.fd, tcp->unsent, tcp->unsentOffset, tcp->unsentLength);
			tcp->unsent = NULL;
		} else
			close(tcp->source.fd);
		listenerRetry();
	}
	free(tcp->unsent);
	tcp->unsent = NULL;
	tcp->source.fd = -1;
	tcp->closed = true;
	if (!tcp->serving)
		free(tcp);
}

static void flush(TCP *tcp)
{
	while (tcp->unsentLength) {
		ssize_t sent =
		    send(tcp->source.fd, tcp->unsent + tcp->unsentOffset, tcp->unsentLength, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent < 0) {
			if (errno == EINTR)
				continue;
			if (errno != EAGAIN)
				tcp->broken = true;
			return;
		}
		tcp->unsentOffset += (uint32_t)sent;
		tcp->unsentLength -= (uint32_t)sent;
	}
	free(tcp->unsent);
	tcp->unsent = NULL;
	tcp->unsentOffset = 0;
}

static void serveWritable(TCP *tcp)
{
	if (tcp->state == stateConnecting) {
		int error = 0;
		socklen_t size = sizeof(error);
		if (getsockopt(tcp->source.fd, SOL_SOCKET, SO_ERROR, &error, &size) || error) {
			tcp->state = stateEnding;
			return;
		}
		tcp->state = stateOpen;
	}
	if (tcp->broken || tcp->state == stateEnded)
		return;
	if (tcp->unsent)
		flush(tcp);
	if (tcp->unsentLength || tcp->room == tcpWindow)
		return;
	tcp->room = tcpWindow;
	deskCallCount(tcp->the, &tcp->onWritable, &tcp->self, tcp->room);
}

static uint32_t countReadable(TCP *tcp)
{
	int count = 0;
	if (ioctl(tcp->source.fd, FIONREAD, &count) || count < 0)
		return 0;
	tcp->more = (uint32_t)count > tcpWindow;
	return tcp->more ? tcpWindow : (uint32_t)count;
}

static void serveReadable(TCP *tcp)
{
	uint32_t count = countReadable(tcp);
	if (count <= tcp->readable)
		return;
	tcp->readable = count;
	deskCallCount(tcp->the, &tcp->onReadable, &tcp->self, count);
}

static void serveEnd(TCP *tcp)
{
	// Reset over what it was sent: who does not read may wait for room, and there will be none.
	bool isGone = tcp->broken && tcp->room < tcpWindow;

	if (tcp->state != stateEnding)
		return;
	// Of what came before the reset, such as an alert, it is told first.
	if (isGone)
		serveReadable(tcp);
	if (tcp->closed || (!isGone && (tcp->readable || countReadable(tcp))))
		return;
	if (!tcp->broken && tcp->room < tcpWindow)
		return;
	tcp->state = stateEnded;
	tcp->room = 0;
	deskCall(tcp->the, &tcp->onError, &tcp->self, NULL);
}

void tcpReady(LoopSource *source, uint32_t events)
{
	TCP *tcp = (TCP *)source;
	tcp->serving = true;
	if (events & (EPOLLERR | EPOLLHUP))
		tcp->broken = true;
	if (events & EPOLLOUT || tcp->state == stateConnecting)
		serveWritable(tcp);
	if (!tcp->closed && tcp->state != stateConnecting) {
		if (events & ~(uint32_t)EPOLLOUT)
			serveReadable(tcp);
		if (!tcp->closed && tcp->state == stateOpen && (tcp->broken || events & (EPOLLRDHUP | EPOLLHUP)))
			tcp->state = stateEnding;
		if (!tcp->closed)
			serveEnd(tcp);
	}
	tcp->serving = false;
	if (tcp->closed)
		free(tcp);
}

// The kernel has that many, or it has dropped them all for a reset.
bool tcpReceive(TCP *tcp, uint8_t *data, uint32_t count)
{
	uint32_t done = 0;
	while (done < count) {
		ssize_t length = recv(tcp->source.fd, data + done, count - done, MSG_DONTWAIT);
		if (length < 0 && errno == EINTR)
			continue;
		if (length <= 0)
			break;
		done += (uint32_t)length;
	}
	tcp->readable = done == count ? tcp->readable - count : 0;
	if (!tcp->readable && (tcp->more || tcp->state == stateEnding))
		loopTrigger(&tcp->source, EPOLLIN);
	return done == count;
}

// Gives the kernel what it takes and keeps the rest. False when the connection cannot send any more.
bool tcpTransmit(TCP *tcp, const uint8_t *data, uint32_t count)
{
	uint32_t done = 0;
	while (!tcp->unsent && done < count) {
		ssize_t sent = send(tcp->source.fd, data + done, count - done, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent >= 0)
			done += (uint32_t)sent;
		else if (errno == EAGAIN)
			break;
		else if (errno != EINTR)
			return false;
	}
	if (done < count) {
		// The window leaves room behind what is here already.
		if (!tcp->unsent && !(tcp->unsent = malloc(tcpWindow)))
			return false;
		memmove(tcp->unsent, tcp->unsent + tcp->unsentOffset, tcp->unsentLength);
		tcp->unsentOffset = 0;
		memcpy(tcp->unsent + tcp->unsentLength, data + done, count - done);
		tcp->unsentLength += count - done;
	}
	tcp->room -= count;
	if (count && !tcp->unsent)
		loopTrigger(&tcp->source, EPOLLOUT);
	return true;
}
