#include "tls-lifetime.h"

#include "port/tls-port-time.h"

enum { CLOCK_STEP = 10000 }; // milliseconds by which a clock that is set right may be set back

uint64_t xstls_lifetime_age(uint64_t since)
{
	uint64_t now = xstls_port_now();

	return now > since ? now - since : 0;
}

bool xstls_lifetime_is_over(uint64_t since, uint32_t lifetime)
{
	uint64_t now = xstls_port_now();

	if (since > now + CLOCK_STEP)
		return now >= (uint64_t)TLS_CLOCK_FLOOR * 1000;
	return xstls_lifetime_age(since) >= (uint64_t)lifetime * 1000;
}
