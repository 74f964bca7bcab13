// Glue for dashboard/xs-heap.ts: what XS's machine says of its memory, which no interface of XS's does.

#include "xsAll.h"

// Bytes by number, as xs-heap.ts counts them.
void xs_xstls_xs_heap(txMachine *the)
{
	txNumber bytes;

	switch (fxToInteger(the, mxArgv(0))) {
	case 0:
		bytes = (txNumber)the->currentHeapCount * (txNumber)sizeof(txSlot);
		break;
	case 1:
		bytes = the->currentChunksSize;
		break;
	default:
		bytes = (txNumber)the->maximumHeapCount * (txNumber)sizeof(txSlot) + the->maximumChunksSize;
		break;
	}
	mxResult->kind = XS_NUMBER_KIND;
	mxResult->value.number = bytes;
}
