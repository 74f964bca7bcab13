// Of XS's block: bytes that neither slots nor chunks have taken.

#include "xsAll.h"

void xs_chip_block(txMachine *the)
{
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)((txByte *)the->heap_pend - (txByte *)the->heap_ptr);
}
