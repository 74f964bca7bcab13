// The wall clock, which is wrong until the device has set it.

#ifndef TLS_PORT_TIME_H
#define TLS_PORT_TIME_H

#include <stdint.h>

// Milliseconds since 1970.
uint64_t xstls_port_now(void);

// Seconds since 1970, by the clock that mbedTLS checks certificates with; INT64_MAX where it has none.
int64_t xstls_port_clock(void);

#endif
