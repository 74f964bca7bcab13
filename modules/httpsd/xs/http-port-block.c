#include "http-port-block.h"

// A desk with a device's memory has its own of both.
__attribute__((weak)) txSize xstls_port_block_free(txMachine *the)
{
#ifdef __ets__
	return the->heap ? (txSize)((txByte *)the->heap_pend - (txByte *)the->heap_ptr) : -1;
#else
	(void)the;
	return -1;
#endif
}

__attribute__((weak)) txBoolean xstls_port_block_give_back(txMachine *the, const txSlot *lowest, txSize bytes)
{
#ifdef __ets__
	if ((const txByte *)lowest != (const txByte *)the->heap_pend)
		return 0;
	the->heap_pend += bytes;
	return 1;
#else
	(void)the, (void)lowest, (void)bytes;
	return 0;
#endif
}
