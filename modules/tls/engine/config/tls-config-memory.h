// What a server's handshake with a configuration takes of the C heap.

#ifndef TLS_CONFIG_MEMORY_H
#define TLS_CONFIG_MEMORY_H

#include <stddef.h>

#include "tls-config-types.h"

// Bytes, rounded up, with what the allocator leaves free for others (tls-port-heap.h). Measured, see test-memory.c.
size_t xstls_config_handshake_memory(const xstls_config *config);

#endif
