// Implementation notes. Sources are registered once, edge-triggered, for everything; an edge only puts the source into
// a queue, and the queue is worked off after that, so that no callback runs while epoll's answer is being read. What is
// queued by a callback waits for the next turn: a source that triggers itself does not starve the others.

#include "loop.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "common/report.h"
#include "timer-heap.h"

enum { eventsAtOnce = 64 };

static int epollFd = -1;
static uint32_t sourceCount = 0;
static uint32_t turn = 0;
static LoopSource queue = {.previous = &queue, .next = &queue};

static int stopFd = -1;
static void (*stopHandler)(void) = NULL;

int64_t loopNow(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void enqueue(LoopSource *source, uint32_t events)
{
	source->events |= events;
	if (source->queued)
		return;
	source->queued = true;
	source->turn = turn;
	source->previous = queue.previous;
	source->next = &queue;
	source->previous->next = source;
	queue.previous = source;
}

static void dequeue(LoopSource *source)
{
	if (!source->queued)
		return;
	source->queued = false;
	source->previous->next = source->next;
	source->next->previous = source->previous;
}

bool loopAdd(LoopSource *source, int fd)
{
	struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = source};
	if (epoll_ctl(epollFd, EPOLL_CTL_ADD, fd, &event))
		return false;
	source->fd = fd;
	source->events = 0;
	source->queued = false;
	sourceCount++;
	return true;
}

void loopRemove(LoopSource *source)
{
	epoll_ctl(epollFd, EPOLL_CTL_DEL, source->fd, NULL);
	dequeue(source);
	sourceCount--;
}

void loopTrigger(LoopSource *source, uint32_t events)
{
	enqueue(source, events);
}

// The flag of the default action is what lets a second signal end a script that never returns to the loop, and the
// eventfd is what a signal between two looks at a flag cannot slip past.
static void noteStop(int signal)
{
	const uint64_t one = 1;
	const int savedErrno = errno;
	(void)signal;
	sigaction(SIGTERM, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
	sigaction(SIGINT, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
	if (write(stopFd, &one, sizeof(one)) < 0)
		_exit(1);
	errno = savedErrno;
}

void loopOnStop(void (*handler)(void))
{
	struct sigaction action = {.sa_handler = noteStop, .sa_flags = SA_RESTART};
	stopHandler = handler;
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
}

void loopOpen(void)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
	epollFd = epoll_create1(EPOLL_CLOEXEC);
	stopFd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (epollFd < 0 || stopFd < 0 || epoll_ctl(epollFd, EPOLL_CTL_ADD, stopFd, &event)) {
		perror("desk: event loop");
		exit(1);
	}
}

void loopClose(void)
{
	timerHeapFree();
	close(epollFd);
	close(stopFd);
}

static int waitingTime(void)
{
	const LoopTimer *first = timerHeapFirst();
	int64_t wait;
	if (queue.next != &queue)
		return 0;
	if (!first)
		return -1;
	wait = first->when - loopNow();
	if (wait <= 0)
		return 0;
	// Rounded up, for a timer may be late but never early.
	return wait > INT64_C(3600000000) ? 3600000 : (int)((wait + 999) / 1000);
}

static void waitForEvents(void)
{
	struct epoll_event events[eventsAtOnce];
	bool stopped = false;
	int count = epoll_wait(epollFd, events, eventsAtOnce, waitingTime());
	for (int i = 0; i < count; i++) {
		uint64_t signals;
		if (events[i].data.ptr)
			enqueue(events[i].data.ptr, events[i].events);
		else
			stopped = read(stopFd, &signals, sizeof(signals)) > 0;
	}
	if (stopped && stopHandler)
		stopHandler();
}

static void fireTimers(void)
{
	const int64_t now = loopNow();
	const uint32_t limit = timerHeapSequence();
	LoopTimer *timer;
	// Those that are scheduled by the callbacks themselves wait for the next turn.
	while (!reportIsExiting() && (timer = timerHeapFirst()) && timer->when <= now &&
	       (int32_t)(timer->sequence - limit) < 0) {
		timerHeapRemove(timer);
		timer->fire(timer);
	}
}

static void serveSources(void)
{
	const uint32_t present = turn++;
	LoopSource *source;
	while (!reportIsExiting() && (source = queue.next) != &queue && source->turn == present) {
		uint32_t events = source->events;
		dequeue(source);
		source->events = 0;
		source->ready(source, events);
	}
}

bool loopIsEmpty(void)
{
	return !sourceCount && !timerHeapFirst();
}

void loopRun(void)
{
	while (!reportIsExiting() && !loopIsEmpty()) {
		// What is triggered goes on without asking the kernel, every other time.
		if (queue.next == &queue || turn % 2 == 0)
			waitForEvents();
		fireTimers();
		serveSources();
	}
}
