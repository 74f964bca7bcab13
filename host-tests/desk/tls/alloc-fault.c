// Forced lack of memory in the engine and in mbedTLS, for tests.

#include "port/tls-alloc.h"
#include "xsmc.h"

// failAllocation(n): the n-th allocation from now fails, and only that; 0: none does.
void xs_desk_fail_allocation(xsMachine *the)
{
	xstls_alloc_fail_at((size_t)xsmcToInteger(xsArg(0)), false);
}

// countAllocations(): those asked for since the start.
void xs_desk_count_allocations(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_alloc_count().calls);
}
