// XS's memory on a desk: what it asks for, up to a limit.

#include "xsAll.h"

#include "xs-memory.h"

// One contiguous region is reserved for chunks in a device; here blocks come from malloc, so that AddressSanitizer sees
// each of them.
static void *take(txMachine *the, size_t size)
{
	size_t *block;
	if (size > the->heapLimit - the->heapBytes)
		return NULL;
	block = malloc(sizeof(max_align_t) + size);
	if (!block)
		return NULL;
	*block = size;
	the->heapBytes += size;
	return (char *)block + sizeof(max_align_t);
}

static void give(txMachine *the, void *data)
{
	size_t *block = (size_t *)((char *)data - sizeof(max_align_t));
	the->heapBytes -= *block;
	free(block);
}

void *fxAllocateChunks(txMachine *the, txSize size)
{
	return take(the, size);
}

void fxFreeChunks(txMachine *the, void *chunks)
{
	give(the, chunks);
}

static bool growsAsDevice = false;

void deskGrowAsDevice(void)
{
	growsAsDevice = true;
}

// XS grows its heap by a fixed count, so collections would come ever more often, as a share of the work, the more is
// alive. Here it grows by half of what there is, which keeps the cost of an allocation the same.
txSlot *fxAllocateSlots(txMachine *the, txSize count)
{
	if (!growsAsDevice && the->minimumHeapCount < the->maximumHeapCount / 2)
		the->minimumHeapCount = the->maximumHeapCount / 2;
	return take(the, (size_t)count * sizeof(txSlot));
}

void fxFreeSlots(txMachine *the, void *slots)
{
	give(the, slots);
}

void memoryDescribe(txMachine *the, char *buffer, size_t size)
{
	snprintf(buffer, size, "%zu bytes of %zu are taken (--heap)", the->heapBytes, the->heapLimit);
}

void memoryEndTurn(txMachine *the)
{
	(void)the;
}
