// UDP of the fake. Its sockets count among `fake.pcbs`.

#ifndef FAKE_UDP_H
#define FAKE_UDP_H

#include "fake-lwip.h"

#include "lwip/igmp.h"
#include "lwip/udp.h"

typedef struct {
	struct udp_pcb *pcb; // the newest
	char sent[256];      // the newest packet
	u16_t sentLength, sentPort;
	u32_t sentAddress, group;
	int members; // of groups
	err_t sendError, joinError;
} FakeUdp;

extern FakeUdp fakeUdp;

// A packet of so many bytes of that letter comes, from 10.0.0.1.
void fakePacket(u16_t length, char letter, u16_t port);

#endif
