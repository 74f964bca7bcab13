// A number that tasks share.

#ifndef TLS_PORT_COUNT_H
#define TLS_PORT_COUNT_H

#include <stddef.h>

// Adds, and tells what it was before. SIZE_MAX takes one away.
size_t xstls_port_add(size_t *number, size_t more);

#endif
