#ifndef FAKE_LWIP_TCP_PRIV_H
#define FAKE_LWIP_TCP_PRIV_H

#include "lwip/tcp.h"

// The newest first. In the second are those of which both ends have sent a FIN.
extern struct tcp_pcb *tcp_active_pcbs, *tcp_tw_pcbs;
// Half seconds.
extern u32_t tcp_ticks;

#endif
