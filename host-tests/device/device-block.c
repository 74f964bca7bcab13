// What XS's block is taken by, in bytes.

#include "xsAll.h"

static void answer(txMachine *the, txSize bytes)
{
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)bytes;
}

// Neither slots nor chunks use it: slots get what chunks have taken and do not use.
void xs_chip_block(txMachine *the)
{
	txSize unused = (txSize)(the->firstBlock->limit - the->firstBlock->current);

	answer(the, (txSize)((txByte *)the->heap_pend - (txByte *)the->heap_ptr) + unused);
}

void xs_chip_slots(txMachine *the)
{
	answer(the, (txSize)(the->currentHeapCount * sizeof(txSlot)));
}

// Those that are free are never anything else again.
void xs_chip_slots_taken(txMachine *the)
{
	answer(the, (txSize)(the->maximumHeapCount * sizeof(txSlot)));
}

void xs_chip_chunks(txMachine *the)
{
	answer(the, the->currentChunksSize);
}

void xs_chip_collect(txMachine *the)
{
	fxCollect(the, XS_COMPACT_FLAG);
}
