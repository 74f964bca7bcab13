// The event loop: sockets over edge-triggered epoll, timers in a heap, stop signals. It waits in the kernel and nowhere
// else; nothing is polled.

#ifndef DESK_LOOP_H
#define DESK_LOOP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>

#include "timer-heap.h"

// Something with a file descriptor. Embedded as the first member of what it stands for.
typedef struct LoopSource LoopSource;
struct LoopSource {
	// Called once a turn with the epoll events since the last call. May remove and free any source, this one included.
	void (*ready)(LoopSource *source, uint32_t events);
	int fd;
	uint32_t events;
	uint32_t turn;
	bool queued;
	LoopSource *previous;
	LoopSource *next;
};

void loopOpen(void);
void loopClose(void);

// Whether there is no source and no timer that could ever call back.
bool loopIsEmpty(void);
// Runs until reportExit, or until the loop is empty.
void loopRun(void);

// False when the kernel refuses (errno says why). Readiness that exists already counts as an edge.
bool loopAdd(LoopSource *source, int fd);
void loopRemove(LoopSource *source);
// Calls `ready` with these events on the next turn, whatever the kernel says.
void loopTrigger(LoopSource *source, uint32_t events);

// Microseconds of a clock that only goes forward.
int64_t loopNow(void);
// Due timers fire in the order of their time, then of their scheduling. A timer that is scheduled again moves.
void loopSchedule(LoopTimer *timer, int64_t when);
void loopUnschedule(LoopTimer *timer);
bool loopIsScheduled(const LoopTimer *timer);

// `handler` is called from the loop after the first SIGTERM or SIGINT. A second signal ends the process by itself.
void loopOnStop(void (*handler)(void));

#endif
