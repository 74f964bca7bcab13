// Free heap, by which a listener decides whether a handshake may begin (row Z3).

#ifndef TLS_PORT_HEAP_H
#define TLS_PORT_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Bytes; SIZE_MAX where the platform sets no bound (desk, simulator).
typedef struct {
	size_t free;
	size_t largest_block;
} xstls_port_heap;

xstls_port_heap xstls_port_measure_heap(void);

// Bytes that TLS leaves to others. XS allocates from the C heap whenever a `try` begins, and ends the program when it
// cannot: no client may take the last of it (row Z12).
#if defined(__ets__)
enum { TLS_HEAP_RESERVE = 1024 };
#else
enum { TLS_HEAP_RESERVE = 4096 };
#endif

// Whether that is left when `size` more bytes are taken.
bool xstls_port_has_heap(size_t size);

#endif
