#include "http-port-block.h"

// A desk with a device's memory has its own.
__attribute__((weak)) txSize xstls_port_block_free(txMachine *the)
{
#ifdef __ets__
	return the->heap ? (txSize)((txByte *)the->heap_pend - (txByte *)the->heap_ptr) : -1;
#else
	(void)the;
	return -1;
#endif
}
