#include "tcp-events.h"

#include <stdlib.h>

#include "tcp-lwip.h"

struct xstls_events {
	xstls_events *next;
	xstls_machine machine;
	xstls_source *first, *last;
	uint32_t sources; // that have joined
	bool isAwake;     // a message is on its way, or its events are being taken
};

static xstls_events *all;

static xstls_events *find(const xstls_machine *machine)
{
	xstls_events *events = all;

	while (events && events->machine.machine != machine->machine)
		events = events->next;
	return events;
}

static xstls_events *make(const xstls_machine *machine)
{
	xstls_events *events = calloc(1, sizeof(xstls_events));

	if (!events)
		return NULL;
	events->machine = *machine;
	events->next = all;
	all = events;
	return events;
}

// A message that is on its way still names them.
static void freeUnused(xstls_events *events)
{
	xstls_events **place = &all;

	if (events->sources || events->isAwake)
		return;
	while (*place != events)
		place = &(*place)->next;
	*place = events->next;
	free(events);
}

static void append(xstls_events *events, xstls_source *source)
{
	source->next = NULL;
	source->isQueued = true;
	if (events->first)
		events->last->next = source;
	else
		events->first = source;
	events->last = source;
}

static void removeFrom(xstls_events *events, xstls_source *source)
{
	xstls_source *before = NULL, *each = events->first;

	if (!source->isQueued)
		return;
	for (; each != source; each = each->next)
		before = each;
	if (before)
		before->next = source->next;
	else
		events->first = source->next;
	if (events->last == source)
		events->last = before;
	source->isQueued = false;
}

static void join(xstls_events *events, xstls_source *source)
{
	source->events = events;
	events->sources++;
}

bool xstls_events_join(const xstls_machine *machine, xstls_source *source)
{
	xstls_events *events = find(machine);

	if (!events && !(events = make(machine)))
		return false;
	join(events, source);
	return true;
}

void xstls_events_join_other(const xstls_source *other, xstls_source *source)
{
	join(other->events, source);
}

void xstls_events_leave(xstls_source *source)
{
	xstls_events *events = source->events;

	removeFrom(events, source);
	events->sources--;
	freeUnused(events);
}

void *xstls_events_make(const xstls_machine *machine, size_t size, xstls_tell tell, void *owner)
{
	xstls_source *source = calloc(1, size);

	if (!source)
		return NULL;
	source->tell = tell;
	source->owner = owner;
	if (xstls_events_join(machine, source))
		return source;
	free(source);
	return NULL;
}

void xstls_events_free(xstls_source *source)
{
	xstls_events_leave(source);
	free(source);
}

void xstls_events_raise(xstls_source *source)
{
	xstls_events *events = source->events;

	if (!source->owner)
		return;
	if (!source->isQueued)
		append(events, source);
	if (!events->isAwake)
		events->isAwake = events->machine.wake(events->machine.machine, events);
}

typedef struct {
	xstls_events *events;
	xstls_event *event;
	bool isTaken;
} Taking;

static void take(void *argument)
{
	Taking *taking = argument;
	xstls_events *events = taking->events;
	xstls_source *source;

	while ((source = events->first)) {
		taking->event->kind = source->tell(source, &taking->event->count);
		if (taking->event->kind != xstls_event_none) {
			taking->event->owner = source->owner;
			taking->isTaken = true;
			return;
		}
		removeFrom(events, source);
	}
	events->isAwake = false;
	freeUnused(events);
}

bool xstls_events_take(xstls_events *events, xstls_event *event)
{
	Taking taking = {.events = events, .event = event};

	return xstls_lwip_run(take, &taking) && taking.isTaken;
}

static void fallAsleep(void *argument)
{
	xstls_events *events = argument;

	events->isAwake = false;
	freeUnused(events);
}

void xstls_events_continue(xstls_events *events)
{
	// Outside of lwIP's context, which is not to wait for the task's queue.
	if (!events->machine.wake(events->machine.machine, events))
		xstls_lwip_run(fallAsleep, events);
}
