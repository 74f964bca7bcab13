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

// Steps of slots that stay free when others are given back: what runs next may take some and asks for none.
enum { keptSteps = 2 };

// Of what is theirs. Not maximumChunksSize: with the SDK's block it grows by 16 bytes too many each time that chunks
// do.
static txSize unusedChunks(txMachine *the)
{
	txSize unused = -the->currentChunksSize;

	for (txBlock *block = the->firstBlock; block; block = block->nextBlock)
		unused += (txSize)(block->limit - (txByte *)block) - (txSize)sizeof(txBlock);
	return unused;
}

static txSize unusedSlots(txMachine *the)
{
	return (the->maximumHeapCount - the->currentHeapCount) * (txSize)sizeof(txSlot);
}

static txSize step(txMachine *the)
{
	return the->minimumHeapCount * (txSize)sizeof(txSlot);
}

// What chunks want beyond what is there for them.
static txSize missingChunks(txMachine *the, txSize chunks)
{
	return chunks + the->minimumChunksSize - xstls_port_block_free(the) - unusedChunks(the);
}

// Slots come out of those that are free first, and then, as chunks do, out of what nothing has taken or chunks do not
// use. XS grows both by steps, and slots already while a step of them is free.
static txBoolean hasRoom(txMachine *the, txSize slots, txSize chunks)
{
	slots += step(the) - unusedSlots(the);
	return (slots > 0 ? slots + step(the) : 0) + missingChunks(the, chunks) <= 0;
}

// Of the free slots those in a row from the lowest on, which a collection lists last; NULL where the lowest is in use.
static txSlot **findLowest(txMachine *the)
{
	txSlot **row = &the->freeHeap;
	const txSlot *last = NULL;

	for (txSlot *slot = the->freeHeap; slot; slot = slot->next) {
		last = slot;
		if (slot->next && slot->next != slot - 1)
			row = &slot->next;
	}
	return last && last == the->firstHeap + 1 ? row : NULL;
}

// Has chunks take so many of the lowest slots, if they are free. XS grows slots there, and gives none back: what clients
// had it take at once would be no chunk's until the device restarts.
static void giveBackSlots(txMachine *the, txSize count)
{
	txSlot *heap = the->firstHeap, **row = findLowest(the);
	txSize free = row ? (txSize)(*row - heap) : 0;

	if (free < count || !xstls_port_block_give_back(the, heap, count * (txSize)sizeof(txSlot)))
		return;
	if (free == count)
		*row = NULL;
	else
		heap[count + 1].next = NULL;
	// What XS knows of its slots stands before the lowest.
	heap[count] = *heap;
	the->firstHeap = heap + count;
	the->maximumHeapCount -= count;
}

// The same, when garbage is collected, and slots given back that are not asked for: a step more than is missing, if it is there.
static txBoolean findRoom(txMachine *the, txSize slots, txSize chunks)
{
	txSize missing, spare;

	fxCollectGarbage(the);
	missing = missingChunks(the, chunks);
	spare = unusedSlots(the) - slots - keptSteps * step(the);
	if (missing > 0 && missing <= spare) {
		missing += step(the);
		giveBackSlots(the, (missing < spare ? missing : spare) / (txSize)sizeof(txSlot));
	}
	return hasRoom(the, slots, chunks);
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

	if (!isThere)
		isThere = findRoom(the, slots, chunks);
	mxResult->kind = XS_BOOLEAN_KIND;
	mxResult->value.boolean = isThere;
}

// The most that hasRoom() would have; -1 where XS has no block.
void xs_xstls_xs_left(txMachine *the)
{
	txSize steps = 2 * step(the) + the->minimumChunksSize;

	mxResult->kind = XS_NUMBER_KIND;
	mxResult->value.number = -1;
	if (xstls_port_block_free(the) < 0)
		return;
	fxCollectGarbage(the);
	mxResult->value.number = xstls_port_block_free(the) + unusedChunks(the) - steps + unusedSlots(the);
}

// A chunk that nothing holds leaves its room to others.
void xs_xstls_xs_make_room(txMachine *the)
{
	txSize slots = fxToInteger(the, mxArgv(0)), chunks = fxToInteger(the, mxArgv(1));
	txBoolean isThere = xstls_port_block_free(the) >= 0;

	if (isThere)
		isThere = findRoom(the, slots, chunks);
	if (isThere) {
		takeSlots(the, slots);
		fxNewChunk(the, chunks);
	}
	mxResult->kind = XS_BOOLEAN_KIND;
	mxResult->value.boolean = isThere;
}
