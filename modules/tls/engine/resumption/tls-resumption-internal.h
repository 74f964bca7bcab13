// The members of a resumption store: cache, ticket keys, lifetime of sessions.

#ifndef TLS_RESUMPTION_INTERNAL_H
#define TLS_RESUMPTION_INTERNAL_H

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
