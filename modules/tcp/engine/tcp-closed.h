// What lwIP keeps of connections that are closed: what it has sent until the peer says that it has it, which it may
// never say, and a record for two minutes after that. It bounds neither, and ESP-IDF has it take them from the heap.

#ifndef TCP_CLOSED_H
#define TCP_CLOSED_H

enum {
	xstls_tcp_closed = 16,     // connections that wait for their peers, and as many that remember them
	xstls_tcp_closed_full = 4, // times what one may have sent that is not acknowledged: all of them together
};

// Resets the oldest beyond that; for where lwIP's callbacks run, but not from within one.
void xstls_closed_bound(void);

#endif
