// In place of tls-port-heap.c: the device's C heap answers.

#include "port/tls-port-heap.h"

#include "device/c-heap.h"

xstls_port_heap xstls_port_measure_heap(void)
{
	CHeapFigures figures = cHeapMeasure();

	return (xstls_port_heap){.free = figures.free, .largest_block = figures.largestBlock};
}

bool xstls_port_has_heap(size_t size)
{
	size_t free = cHeapMeasure().free;

	return free >= TLS_HEAP_RESERVE && size <= free - TLS_HEAP_RESERVE;
}
