// Timers in a binary heap, by time and then by the order of scheduling.

#ifndef DESK_TIMER_HEAP_H
#define DESK_TIMER_HEAP_H

#include <stdbool.h>
#include <stdint.h>

typedef struct LoopTimer LoopTimer;
struct LoopTimer {
	void (*fire)(LoopTimer *timer);
	int64_t when;
	uint32_t sequence;
	uint32_t slot;
};

// The timer that is due first, or NULL.
LoopTimer *timerHeapFirst(void);
void timerHeapRemove(LoopTimer *timer);
// The number that the next timer to be scheduled gets. It wraps around.
uint32_t timerHeapSequence(void);
void timerHeapFree(void);

#endif
