// Glue for dashboard/xs-heap.ts and memory/xs-room.ts: what XS's machine says of its memory, which no interface of XS's
// does.

#include "http-port-block.h"
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

// Of what is theirs. Not maximumChunksSize: with the SDK's block it grows by 16 bytes too many each time that chunks
// do.
static txSize unusedChunks(txMachine *the)
{
	txSize unused = -the->currentChunksSize;

	for (txBlock *block = the->firstBlock; block; block = block->nextBlock)
		unused += (txSize)(block->limit - (txByte *)block) - (txSize)sizeof(txBlock);
	return unused;
}

// Slots come out of those that are free first, and then, as chunks do, out of what nothing has taken or chunks do not
// use. XS grows both by steps, and slots already while a step of them is free.
static txBoolean hasRoom(txMachine *the, txSize slots, txSize chunks)
{
	txSize step = the->minimumHeapCount * (txSize)sizeof(txSlot);
	txSize left = xstls_port_block_free(the) + unusedChunks(the);

	slots += step - (the->maximumHeapCount - the->currentHeapCount) * (txSize)sizeof(txSlot);
	return (slots > 0 ? slots + step : 0) + chunks + the->minimumChunksSize <= left;
}

// For an object that nothing holds behind that: the next collection frees them, and XS keeps them for others.
static void takeSlots(txMachine *the, txSize bytes)
{
	txSlot *last;

	mxPush(mxObjectPrototype);
	last = fxNewObjectInstance(the);
	for (txSize left = bytes; left > 0; left -= (txSize)sizeof(txSlot))
		last = last->next = fxNewSlot(the);
	mxPop();
}

// What is in use may be garbage.
void xs_xstls_xs_has_room(txMachine *the)
{
	txSize slots = fxToInteger(the, mxArgv(0)), chunks = fxToInteger(the, mxArgv(1));
	txBoolean isThere = xstls_port_block_free(the) < 0 || hasRoom(the, slots, chunks);

	if (!isThere) {
		fxCollectGarbage(the);
		isThere = hasRoom(the, slots, chunks);
	}
	mxResult->kind = XS_BOOLEAN_KIND;
	mxResult->value.boolean = isThere;
}

// The most that hasRoom() would have; -1 where XS has no block.
void xs_xstls_xs_left(txMachine *the)
{
	txSize steps = 2 * the->minimumHeapCount * (txSize)sizeof(txSlot) + the->minimumChunksSize;

	mxResult->kind = XS_NUMBER_KIND;
	mxResult->value.number = -1;
	if (xstls_port_block_free(the) < 0)
		return;
	fxCollectGarbage(the);
	mxResult->value.number = xstls_port_block_free(the) + unusedChunks(the) - steps +
		(the->maximumHeapCount - the->currentHeapCount) * (txSize)sizeof(txSlot);
}

// A chunk that nothing holds leaves its room to others.
void xs_xstls_xs_make_room(txMachine *the)
{
	txSize slots = fxToInteger(the, mxArgv(0)), chunks = fxToInteger(the, mxArgv(1));
	txBoolean isThere = xstls_port_block_free(the) >= 0;

	if (isThere) {
		fxCollectGarbage(the);
		isThere = hasRoom(the, slots, chunks);
	}
	if (isThere) {
		takeSlots(the, slots);
		fxNewChunk(the, chunks);
	}
	mxResult->kind = XS_BOOLEAN_KIND;
	mxResult->value.boolean = isThere;
}
