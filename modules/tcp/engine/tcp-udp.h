// A UDP socket on lwIP's own interface. Packets that no script has taken are bounded, in number and in bytes: what
// there is no room for is lost, as it is on a network. They are copied, for a driver's buffer has room for a whole
// frame, whatever came in it.

#ifndef TCP_UDP_H
#define TCP_UDP_H

#include "tcp-connection.h"

typedef struct xstls_udp xstls_udp;
typedef struct xstls_packet xstls_packet;

enum {
	xstls_udp_waiting = 32,       // packets that wait, at most
	xstls_udp_waiting_all = 8192, // bytes of all of them
	xstls_udp_most = 65507,       // bytes of one packet
};

struct xstls_packet {
	xstls_packet *next;
	char address[46]; // of its sender, as text
	uint16_t port, length;
	uint8_t bytes[];
};

// Port 0 lets lwIP choose. `timeToLive` 0: as lwIP is configured.
xstls_tcp_result xstls_udp_open(const xstls_machine *machine, uint16_t port, uint8_t timeToLive, void *owner,
                                xstls_udp **made);
// The packet that has waited for longest, until it is dropped; NULL when none waits.
const xstls_packet *xstls_udp_first(xstls_udp *udp);
void xstls_udp_drop_first(xstls_udp *udp);
xstls_tcp_result xstls_udp_send(xstls_udp *udp, const void *data, uint32_t count, const char *address, uint16_t port);
// On all interfaces the device becomes a member of a group, or is one no longer. `group` is its address, as text.
xstls_tcp_result xstls_udp_join(const char *group, bool isMember);
// Frees `udp`, with packets that wait.
void xstls_udp_close(xstls_udp *udp);

#endif
