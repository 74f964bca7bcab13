// What the classes TCP and Listener share: how their objects are told what lwIP has to say.

#ifndef TCP_XS_H
#define TCP_XS_H

#include "xsmc.h"

#include "../engine/tcp-connection.h"

// What an object of a script is told of. `connection` is NULL when it is closed or handed on, and for a listener.
typedef struct xstls_tcp_owner xstls_tcp_owner;
struct xstls_tcp_owner {
	xsMachine *the;
	xsSlot object;
	xsSlot *onReadable, *onWritable, *onError; // NULL when there is none
	void *source;                              // a connection or a listener; NULL when it is closed or handed on
	uint8_t format;
};

// The machine's own queue of events.
xstls_machine xstls_tcp_machine(xsMachine *the);
// The owner that is the data of the object in `slot`, which has to have those hooks. Throws when it is closed.
xstls_tcp_owner *xstls_tcp_get_owner(xsMachine *the, xsSlot *slot, const xsHostHooks *hooks);
// Makes `slot` the object of a new owner, which keeps it from being collected.
xstls_tcp_owner *xstls_tcp_make_owner(xsMachine *the, xsSlot *slot, const xsHostHooks *hooks);
// Undoes that.
void xstls_tcp_free_owner(xsMachine *the, xstls_tcp_owner *owner);
void xstls_tcp_mark_owner(xsMachine *the, void *data, xsMarkRoot markRoot);
// Throws for all but `xstls_tcp_ok`.
void xstls_tcp_check(xsMachine *the, xstls_tcp_result result, uint16_t port);
// Of the options in the first parameter; `least` when there is none.
uint16_t xstls_tcp_get_port(xsMachine *the, bool isNeeded);

#endif
