// A fake of lwIP and of its peer, which forces what a network does seldom. A call from outside of lwIP's context (which
// is inside tcpip_api_call() and inside callbacks) fails the test, and so does one for a connection that is gone.

#ifndef FAKE_LWIP_H
#define FAKE_LWIP_H

#include <stdbool.h>

#include "lwip/tcp.h"

enum {
	fakeWindow = TCP_SND_BUF, // bytes, in both directions
	fakeQueue = 16,           // pieces that can be sent and not acknowledged
};

typedef struct {
	int pcbs, pbufs;  // that there are
	int resets, fins; // sent
	int delayed;      // connections that are not taken yet
	int unanswered;   // peers for which there is no place among those
	int outputs;
	int calls;        // into lwIP's context
	char sent[65536]; // what tcp_write() has taken, of all connections
	u32_t sentLength;
	bool isCallRefused; // tcpip_api_call() has no memory
	bool isFull;        // tcp_write() has no memory
	bool isPbufRefused; // pbuf_alloc() has none
	bool keepsClosed;   // as lwIP does: until the peer has closed too, and behind that
	err_t bindError, connectError;
	struct tcp_pcb *listening, *connecting; // the newest
} FakeLwip;

extern FakeLwip fake;
extern int fakeDepth; // of lwIP's context

// Ends the test where it is not right.
void fakeCheck(bool isRight, const char *what);

void fakeStart(void);
// A peer connects: its connection, NULL when it is reset or not answered. With `address` 10.0.0.1 and this port.
struct tcp_pcb *fakeAccept(u16_t port);
void fakeConnected(struct tcp_pcb *pcb);
// The peer sends; false when it is refused, and kept.
bool fakeReceive(struct tcp_pcb *pcb, const char *bytes);
// Brings what was refused once more.
bool fakeTick(struct tcp_pcb *pcb);
// The peer has all that was sent.
void fakeAcknowledge(struct tcp_pcb *pcb);
void fakeFin(struct tcp_pcb *pcb);
// The same of one that is closed, which takes all that was sent.
void fakeFinOfClosed(struct tcp_pcb *pcb);
// lwIP frees the pcb without a word, as it does where both ends have sent a FIN.
void fakeForget(struct tcp_pcb *pcb);
void fakeReset(struct tcp_pcb *pcb);
// Half a second is over.
void fakePoll(struct tcp_pcb *pcb);
// Connections for which there is no memory when lwIP makes them.
void fakeAcceptWithoutMemory(void);

#endif
