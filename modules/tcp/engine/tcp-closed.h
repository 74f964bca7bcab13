// Connections that are closed, which lwIP still keeps: until the peer has all that was sent and has closed its own
// direction, and for two minutes behind that (TIME-WAIT), with 200 bytes each.
//
// ESP-IDF has lwIP take them from the C heap, however many there are: those that come and go within two minutes, or
// whose peers take nothing of what was sent, for which lwIP waits for ever, would have all of it. So they are bounded
// here, and the oldest goes.
//
// All of it is for where lwIP's callbacks run, and all but `xstls_closed_note` for within none of them.

#ifndef TCP_CLOSED_H
#define TCP_CLOSED_H

#include <stdbool.h>

#include "lwip/tcp.h"

// Closes a connection on which lwIP calls for nobody any more. What was written still goes, for a minute at most. False
// when it cannot be closed now.
bool xstls_closed_close(struct tcp_pcb *pcb);
// The same of one that both ends have closed, whose peer may not have taken all yet.
void xstls_closed_note(struct tcp_pcb *pcb);
// Has lwIP forget those that are too many.
void xstls_closed_trim(void);

#endif
