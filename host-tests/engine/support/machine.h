// A machine whose scripts lwIP's thread tells: what a test does in the place of one.

#ifndef MACHINE_H
#define MACHINE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fake-lwip.h"

#include "../../../modules/tcp/engine/tcp-listener.h"

extern int machineWakes;          // how often it was woken
extern bool machineCannotBeWoken; // its queue is full
extern const xstls_machine machine;

int machineStart(void **state);
// Fails where anything is left: connections, lwIP's buffers.
int machineEnd(void **state);

// The next event; `none` when there is no other. A machine that was not woken takes none.
xstls_event machineTake(void);

#define assert_event(_owner, _kind, _count)                                                                            \
	do {                                                                                                               \
		xstls_event next_ = machineTake();                                                                             \
		assert_int_equal(next_.kind, _kind);                                                                           \
		assert_int_equal(next_.count, _count);                                                                         \
		assert_true(next_.owner == (_owner));                                                                          \
	} while (0)
#define assert_no_event() assert_int_equal(machineTake().kind, xstls_event_none)

xstls_listener *machineListen(void *owner);
// A peer connects, and the connection is taken; `owner` has been told that there is room to write.
xstls_connection *machineAccept(xstls_listener *listener, void *owner, struct tcp_pcb **pcb);
// All that can be read, as text.
const char *machineRead(xstls_connection *connection);

#endif
