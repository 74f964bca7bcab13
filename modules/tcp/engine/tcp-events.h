// What lwIP's thread has to tell scripts.
//
// A source (a connection, a listener) that has something to tell stands in the queue of its machine. However many there
// are, one message wakes the machine's task, which then takes one event after the other. It must be one alone: posting
// blocks while the task's queue is full, and were lwIP's thread to wait there, the task might be waiting for lwIP.
//
// All of it is touched where lwIP's callbacks run (tcp-lwip.h), so no other lock is needed, and a source that is closed
// leaves the queue before it is freed: nothing that the task takes belongs to one that is gone.

#ifndef TCP_EVENTS_H
#define TCP_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct xstls_events xstls_events;
typedef struct xstls_source xstls_source;

typedef enum {
	xstls_event_none,
	xstls_event_readable, // `count`: all bytes that can be read, or connections
	xstls_event_writable, // `count`: bytes that can be written
	xstls_event_ended,
} xstls_event_kind;

typedef struct {
	xstls_event_kind kind;
	uint32_t count;
	void *owner; // of the source
} xstls_event;

// The machine whose scripts are told. `wake` posts a message to its task, upon which that takes events; false when it
// cannot now. It may block for a moment.
typedef struct {
	void *machine;
	bool (*wake)(void *machine, xstls_events *events);
} xstls_machine;

// The next thing to tell, which is then no longer pending; `none` when there is nothing.
typedef xstls_event_kind (*xstls_tell)(xstls_source *source, uint32_t *count);

struct xstls_source {
	xstls_source *next;
	xstls_events *events;
	// Whom events are for; none are told while it is NULL.
	void *owner;
	xstls_tell tell;
	bool isQueued;
};

// Where lwIP's callbacks run:

// False without memory. A source joins once, with `tell` set, and leaves before it is freed.
bool xstls_events_join(const xstls_machine *machine, xstls_source *source);
// Joins the queue that `other` has joined.
void xstls_events_join_other(const xstls_source *other, xstls_source *source);
void xstls_events_leave(xstls_source *source);
// A source that has joined, at the start of so many bytes, the rest of them 0. NULL without memory.
void *xstls_events_make(const xstls_machine *machine, size_t size, xstls_tell tell, void *owner);
// It leaves, and is freed.
void xstls_events_free(xstls_source *source);
// There may be something to tell.
void xstls_events_raise(xstls_source *source);

// In the machine's task:

// The next event. False when there is none; `events` may be gone then.
bool xstls_events_take(xstls_events *events, xstls_event *event);
// Wakes the task once more, which has not taken all of them. If it cannot be, the next event will.
void xstls_events_continue(xstls_events *events);

#endif
