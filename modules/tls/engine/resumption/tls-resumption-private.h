// The store itself, and how long what it keeps is good.

#ifndef TLS_RESUMPTION_PRIVATE_H
#define TLS_RESUMPTION_PRIVATE_H

#include "tls-cache.h"
#include "tls-resumption.h"
#include "tls-tickets.h"

struct xstls_resumption {
	unsigned references;
	uint32_t lifetime; // seconds
	bool has_tickets;
	xstls_ticket_keys keys;
	xstls_cache cache;
};

#endif
