#include "timer-heap.h"

#include <stdio.h>
#include <stdlib.h>

// heap[0] is unused: a timer's slot is 0 when it is not scheduled, and children are at 2n and 2n + 1.
static LoopTimer **heap = NULL;
static uint32_t count = 0;
static uint32_t capacity = 0;
static uint32_t nextSequence = 0;

static bool isBefore(const LoopTimer *a, const LoopTimer *b)
{
	return a->when != b->when ? a->when < b->when : (int32_t)(a->sequence - b->sequence) < 0;
}

static void put(LoopTimer *timer, uint32_t slot)
{
	heap[slot] = timer;
	timer->slot = slot;
}

// Moves `timer` from a free `slot` up or down to where it belongs.
static void settle(LoopTimer *timer, uint32_t slot)
{
	for (; slot > 1 && isBefore(timer, heap[slot / 2]); slot /= 2)
		put(heap[slot / 2], slot);
	for (;;) {
		uint32_t child = 2 * slot;
		if (child > count)
			break;
		if (child < count && isBefore(heap[child + 1], heap[child]))
			child++;
		if (isBefore(timer, heap[child]))
			break;
		put(heap[child], slot);
		slot = child;
	}
	put(timer, slot);
}

static void reserve(void)
{
	if (count + 1 < capacity)
		return;
	capacity = capacity ? 2 * capacity : 32;
	heap = realloc(heap, capacity * sizeof(LoopTimer *));
	if (!heap) {
		perror("desk: timers");
		exit(1);
	}
}

LoopTimer *timerHeapFirst(void)
{
	return count ? heap[1] : NULL;
}

void timerHeapRemove(LoopTimer *timer)
{
	uint32_t slot = timer->slot;
	LoopTimer *last;
	if (!slot)
		return;
	timer->slot = 0;
	last = heap[count--];
	if (last != timer)
		settle(last, slot);
}

uint32_t timerHeapSequence(void)
{
	return nextSequence;
}

void timerHeapFree(void)
{
	free(heap);
	heap = NULL;
	count = capacity = 0;
}

void loopSchedule(LoopTimer *timer, int64_t when)
{
	timerHeapRemove(timer);
	timer->when = when;
	timer->sequence = nextSequence++;
	reserve();
	count++;
	settle(timer, count);
}

void loopUnschedule(LoopTimer *timer)
{
	timerHeapRemove(timer);
}

bool loopIsScheduled(const LoopTimer *timer)
{
	return timer->slot != 0;
}
