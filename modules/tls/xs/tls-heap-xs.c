// Glue for heap.ts.

#include "tls-xs.h"

#include "port/tls-alloc.h"
#include "port/tls-port-heap.h"

// Field by number, as heap.ts counts them; undefined where the platform cannot tell.
void xs_tls_heap(xsMachine *the)
{
	tls_xs_require(1);
	size_t bytes;

	switch (xsmcToInteger(xsArg(0))) {
	case 0:
		bytes = tls_port_measure_heap().free;
		break;
	case 1:
		bytes = tls_port_measure_heap().largest_block;
		break;
	case 2:
		bytes = tls_alloc_count().calls ? tls_alloc_count().bytes : SIZE_MAX;
		break;
	default:
		bytes = tls_alloc_count().calls ? tls_alloc_count().peak : SIZE_MAX;
		break;
	}
	if (bytes != SIZE_MAX)
		xsmcSetNumber(xsResult, (xsNumberValue)bytes);
}
