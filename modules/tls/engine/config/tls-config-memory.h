// What a server's handshake with a configuration takes of the C heap.

#ifndef TLS_CONFIG_MEMORY_H
#define TLS_CONFIG_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "tls-config-types.h"

// Bytes, rounded up, with what the allocator leaves free for others (tls-port-heap.h). Measured, see test-memory.c and
// test-memory-hello.c. With the ClientHello of a browser, which is there already.
size_t xstls_config_handshake_memory(const xstls_config *config);
// The same with a ClientHello of `hello` bytes, which says that early data follow or not.
size_t xstls_config_memory_for(const xstls_config *config, size_t hello, bool early_data);
// What of it is taken only by what the client sends after the server's first flight.
size_t xstls_config_client_memory(const xstls_config *config, bool early_data);
// Bytes of the longest chain of a client that there is memory for now, with another handshake's left. At least 4,096,
// for which memory is kept.
size_t xstls_config_most_chain(void);

#endif
