// XS's memory as the SDK gives it on a device (fxAllocateChunks and fxAllocateSlots in xs/platforms/mc/xsHosts.c): in
// one static block chunks grow from the low end and slots, XS's stack first, from the high end. Where slots meet the
// chunks, a collection gives back what chunks do not use; XS gives no slots back, the modules may.
//
// That is the machine that runs the program. The one that stands for flash has what it wants, from the desk's own heap.

#include "xsAll.h"

#include "c-heap.h"
#include "exact-room.h"
#include "figures.h"
#include "xs/xs-memory.h"

enum { stackPaint = 0xD5 };

static unsigned char *block = NULL;
static size_t blockSize;
static unsigned char *chunkEnd, *slotStart;
static size_t lowestFree;
// Bytes of the block that chunks may take, see exact-room.c.
static size_t chunkCap = SIZE_MAX;
// Of what could not be had.
static const char *failedKind = NULL;
static size_t failedSize;

static txBoolean isInFlash(txMachine *the)
{
	return !the->sharedMachine;
}

void deviceOpenBlock(size_t size)
{
	blockSize = size;
	block = malloc(size);
	if (!block) {
		perror("desk: XS's block");
		exit(1);
	}
	chunkEnd = block;
	slotStart = block + size;
	lowestFree = size;
}

void deviceCloseBlock(void)
{
	free(block);
	block = NULL;
}

static size_t between(void)
{
	return (size_t)(slotStart - chunkEnd);
}

// Of the modules: what is free of the block.
txSize xstls_port_block_free(txMachine *the)
{
	(void)the;
	return (txSize)between();
}

// The same: slots from the low end of theirs are free again.
txBoolean xstls_port_block_give_back(txMachine *the, const txSlot *lowest, txSize bytes)
{
	(void)the;
	if ((const unsigned char *)lowest != slotStart)
		return 0;
	slotStart += bytes;
	return 1;
}

// `unused` are of what chunks have taken: slots get it back when they want it.
static void noteFree(size_t unused)
{
	if (between() + unused < lowestFree)
		lowestFree = between() + unused;
}

static void *fail(const char *kind, size_t size)
{
	failedKind = kind;
	failedSize = size;
	return NULL;
}

// More of the one block of chunks: what fxGrowChunks wants is there already in part, in its unused end. It adds `size`
// to the block's limit and to what is reserved.
static void *extendChunks(txMachine *the, txSize size)
{
	txBlock *chunks = the->firstBlock;
	txSize wanted = size - (txSize)sizeof(txBlock);
	txSize grow = wanted - (txSize)(chunks->limit - chunks->current);
	if (grow > (txSize)between())
		return fail("chunks", (size_t)wanted);
	if ((size_t)(chunkEnd + grow - block) > chunkCap)
		return fail("chunks beyond what was asked for", (size_t)wanted);
	chunkEnd += grow;
	noteFree(0);
	the->maximumChunksSize += grow - size;
	chunks->limit = (txByte *)chunkEnd - size;
	return chunks->limit;
}

void *fxAllocateChunks(txMachine *the, txSize size)
{
	void *chunks = chunkEnd;
	if (isInFlash(the))
		return malloc((size_t)size);
	if (the->firstBlock)
		return extendChunks(the, size);
	if (size > (txSize)between())
		return fail("chunks", (size_t)size);
	chunkEnd += size;
	noteFree(0);
	return chunks;
}

static void *takeFromTop(txMachine *the, size_t size)
{
	if (size > between())
		return NULL;
	slotStart -= size;
	noteFree(the->firstHeap ? (size_t)(the->firstBlock->limit - the->firstBlock->current) : 0);
	return slotStart;
}

static void shrinkChunks(txMachine *the)
{
	txBlock *chunks = the->firstBlock;
	fxCollect(the, XS_COMPACT_FLAG | XS_ORGANIC_FLAG);
	the->maximumChunksSize -= (txSize)(chunks->limit - chunks->current);
	chunks->limit = chunks->current;
	chunkEnd = (unsigned char *)chunks->current;
}

void deviceCapChunks(txMachine *the, size_t bytes)
{
	shrinkChunks(the);
	chunkCap = (size_t)(chunkEnd - block) + bytes;
}

void deviceSetCap(size_t cap)
{
	chunkCap = cap;
}

void deviceRaiseCap(size_t cap)
{
	if (chunkCap < cap)
		chunkCap = cap;
}

size_t deviceLiftCap(void)
{
	size_t before = chunkCap;
	chunkCap = SIZE_MAX;
	return before;
}

static void *takeSlots(txMachine *the, size_t size)
{
	void *slots = takeFromTop(the, size);
	if (!slots && the->firstBlock) {
		shrinkChunks(the);
		slots = takeFromTop(the, size);
	}
	return slots ? slots : fail("slots", size);
}

txSlot *fxAllocateSlots(txMachine *the, txSize count)
{
	size_t size = (size_t)count * sizeof(txSlot);
	void *slots;
	if (isInFlash(the))
		return malloc(size);
	slots = takeSlots(the, size);
	// The first are the stack.
	if (slots && !the->stackBottom)
		memset(slots, stackPaint, size);
	return slots;
}

void fxFreeChunks(txMachine *the, void *chunks)
{
	if (isInFlash(the))
		free(chunks);
}

void fxFreeSlots(txMachine *the, void *slots)
{
	fxFreeChunks(the, slots);
}

static txBoolean isPainted(const txSlot *slot)
{
	const unsigned char *bytes = (const unsigned char *)slot;
	size_t i = 0;
	while (i < sizeof(txSlot) && bytes[i] == stackPaint)
		i++;
	return i == sizeof(txSlot);
}

// From the top, for XS uses the low end as a scratch pad while it prints numbers and matches regular expressions.
static size_t measureDeepestStack(txMachine *the)
{
	txSlot *slot = the->stackTop - 1;
	while (slot > the->stackBottom && !(isPainted(slot) && isPainted(slot - 1)))
		slot--;
	return (size_t)(the->stackTop - 1 - slot) * sizeof(txSlot);
}

static XSShare measureChunks(txMachine *the)
{
	XSShare share = {(size_t)the->currentChunksSize, (size_t)the->peakChunksSize, 0};
	for (txBlock *chunks = the->firstBlock; chunks; chunks = chunks->nextBlock)
		share.reserved += (size_t)(chunks->limit - (txByte *)chunks);
	return share;
}

static XSShare measureSlots(txMachine *the)
{
	XSShare share = {(size_t)the->currentHeapCount * sizeof(txSlot), (size_t)the->peakHeapCount * sizeof(txSlot), 0};
	for (txSlot *heap = the->firstHeap; heap; heap = heap->next)
		share.reserved += (size_t)((unsigned char *)heap->value.reference - (unsigned char *)heap);
	return share;
}

// XS takes what is unused, or grows by whole steps; a chunk has a header.
static size_t measureLargestChunk(txMachine *the, const XSShare *chunks)
{
	size_t unused = chunks->reserved - sizeof(txBlock) - chunks->used;
	size_t step = (size_t)the->minimumChunksSize, grown = (unused + between()) / step * step;
	size_t largest = grown > unused ? grown : unused;
	return largest > sizeof(txChunk) ? largest - sizeof(txChunk) : 0;
}

XSFigures deviceMeasureXS(txMachine *the)
{
	XSFigures figures = {.size = blockSize};
	figures.stack = (size_t)(the->stackTop - the->stackBottom) * sizeof(txSlot);
	figures.deepestStack = measureDeepestStack(the);
	figures.chunks = measureChunks(the);
	figures.slots = measureSlots(the);
	figures.free = between();
	figures.lowestFree = lowestFree;
	figures.largestChunk = measureLargestChunk(the, &figures.chunks);
	return figures;
}

void deskGrowAsDevice(void)
{
}

void memoryDescribe(txMachine *the, char *buffer, size_t size)
{
	XSFigures figures = deviceMeasureXS(the);
	CHeapFigures heap = cHeapMeasure();
	// What else XS allocates comes from the C heap too: exceptions that may be caught, tables of names.
	snprintf(buffer, size,
	         "no room for %zu bytes of %s: of %zu, %zu are free, chunks use %zu of %zu, slots %zu of %zu, the stack "
	         "has %zu; "
	         "of %zu in the C heap, %zu are free",
	         failedKind ? failedSize : heap.lastFailure, failedKind ? failedKind : "the C heap", figures.size,
	         figures.free, figures.chunks.used, figures.chunks.reserved, figures.slots.used, figures.slots.reserved,
	         figures.stack, heap.size, heap.free);
}
