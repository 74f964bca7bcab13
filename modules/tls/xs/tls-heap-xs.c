// Glue for heap.ts.

#include "tls-xs.h"

#include "port/tls-alloc.h"
#include "port/tls-port-heap.h"

// Field by number, as heap.ts counts them; undefined where the platform cannot tell.
void xs_xstls_heap(xsMachine *the)
{
	xstls_xs_require(1);
	size_t bytes;

	switch (xsmcToInteger(xsArg(0))) {
	case 0:
		bytes = xstls_port_measure_heap().free;
		break;
	case 1:
		bytes = xstls_port_measure_heap().largest_block;
		break;
	case 2:
		bytes = xstls_alloc_count().calls ? xstls_alloc_count().bytes : SIZE_MAX;
		break;
	default:
		bytes = xstls_alloc_count().calls ? xstls_alloc_count().peak : SIZE_MAX;
		break;
	}
	if (bytes != SIZE_MAX)
		xsmcSetNumber(xsResult, (xsNumberValue)bytes);
}
