// In place of tls-port-heap.c: the device's C heap answers.

#include "port/tls-port-heap.h"

#include "device/c-heap.h"

tls_port_heap tls_port_measure_heap(void)
{
	CHeapFigures figures = cHeapMeasure();

	return (tls_port_heap){.free = figures.free, .largest_block = figures.largestBlock};
}
