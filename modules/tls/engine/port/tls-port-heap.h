// Free heap, by which a listener decides whether a handshake may begin (row Z3).

#ifndef TLS_PORT_HEAP_H
#define TLS_PORT_HEAP_H

#include <stddef.h>
#include <stdint.h>

// Bytes; SIZE_MAX where the platform sets no bound (desk, simulator).
typedef struct {
	size_t free;
	size_t largest_block;
} xstls_port_heap;

xstls_port_heap xstls_port_measure_heap(void);

#endif
