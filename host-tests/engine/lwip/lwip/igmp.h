#ifndef FAKE_LWIP_IGMP_H
#define FAKE_LWIP_IGMP_H

#include "lwip/tcp.h"

typedef ip_addr_t ip4_addr_t;

#define IP4_ADDR_ANY4 ((const ip4_addr_t *)0)
#define IP_IS_V4(address) ((void)(address), 1)
#define ip_2_ip4(address) (address)
#define ip_addr_ismulticast(address) ((address)->addr >> 28 == 14)

err_t igmp_joingroup(const ip4_addr_t *interface, const ip4_addr_t *group);
err_t igmp_leavegroup(const ip4_addr_t *interface, const ip4_addr_t *group);

#endif
