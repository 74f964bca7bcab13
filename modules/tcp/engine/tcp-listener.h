// A port that is listened on. Connections wait in a queue until a script takes them, and collect what comes meanwhile.
// One for which there is no place there is not answered, so its peer's TCP asks again, after a second at first; one for which there is no
// memory is reset.

#ifndef TCP_LISTENER_H
#define TCP_LISTENER_H

#include "tcp-connection.h"

typedef struct xstls_listener xstls_listener;

enum {
	xstls_tcp_waiting = 16, // connections that wait or are being opened, at most
};

// `address` is that of one of this device's interfaces, as text, NULL for all. Port 0 lets lwIP choose.
xstls_tcp_result xstls_listener_open(const xstls_machine *machine, const char *address, uint16_t port, void *owner,
                                     xstls_listener **made);
uint16_t xstls_listener_port(const xstls_listener *listener);
// How many connections wait.
uint32_t xstls_listener_waiting(const xstls_listener *listener);
// The next connection, which tells nobody yet; NULL when none waits.
xstls_connection *xstls_listener_read(xstls_listener *listener);
// Resets connections that wait, and frees `listener`.
void xstls_listener_close(xstls_listener *listener);

#endif
