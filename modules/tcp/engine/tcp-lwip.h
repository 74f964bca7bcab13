// Where lwIP is called. It has one thread: what another one wants of it goes there, or takes its lock, as it was built
// (CONFIG_LWIP_TCPIP_CORE_LOCKING). Both are tcpip_api_call().

#ifndef TCP_LWIP_H
#define TCP_LWIP_H

#include <stdbool.h>

// Runs `work` where lwIP's callbacks run, so that none of them comes in between, and returns when it is done. False
// when there was no memory to ask for it, which is at a thread's first call only: `work` was not run.
bool xstls_lwip_run(void (*work)(void *argument), void *argument);

#endif
