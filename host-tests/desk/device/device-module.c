// What module desk says of a device's memory, and module c-heap.

#include "c-heap.h"
#include "device.h"
#include "natives/desk.h"

// Property `name` of `object`, which holds them.
static void add(xsMachine *the, xsSlot *object, const char *name, const DeskFigure *figures)
{
	xsmcSetNewObject(xsVar(1));
	deskAddFigures(the, &xsVar(1), figures);
	xsmcSet(*object, xsID(name), xsVar(1));
}

static void addShare(xsMachine *the, xsSlot *object, const char *name, const XSShare *share)
{
	add(the, object, name,
	    (DeskFigure[]){{"used", (double)share->used},
	                   {"peak", (double)share->peak},
	                   {"reserved", (double)share->reserved},
	                   {NULL, 0}});
}

static void addXS(xsMachine *the, xsSlot *object, const XSFigures *xs)
{
	add(the, object, "block",
	    (DeskFigure[]){{"size", (double)xs->size},
	                   {"free", (double)xs->free},
	                   {"lowestFree", (double)xs->lowestFree},
	                   {"largestChunk", (double)xs->largestChunk},
	                   {NULL, 0}});
	add(the, object, "stack",
	    (DeskFigure[]){{"size", (double)xs->stack}, {"deepest", (double)xs->deepestStack}, {NULL, 0}});
	addShare(the, object, "chunks", &xs->chunks);
	addShare(the, object, "slots", &xs->slots);
}

static void addHeap(xsMachine *the, xsSlot *object, const CHeapFigures *heap)
{
	add(the, object, "heap",
	    (DeskFigure[]){{"size", (double)heap->size},
	                   {"free", (double)heap->free},
	                   {"lowestFree", (double)heap->lowestFree},
	                   {"largestBlock", (double)heap->largestBlock},
	                   {"leastLargest", (double)heap->leastLargest},
	                   {"blocks", (double)heap->blocks},
	                   {"failures", (double)heap->failures},
	                   {"lastFailure", (double)heap->lastFailure},
	                   {NULL, 0}});
}

// memory(), as it was before the objects were made.
void xs_desk_memory(xsMachine *the)
{
	XSFigures xs = deviceMeasureXS(the);
	CHeapFigures heap = cHeapMeasure();
	xsmcVars(2);
	xsmcSetNewObject(xsResult);
	deskAddFigures(the, &xsResult,
	               (DeskFigure[]){{"chunks", (double)xs.chunks.used},
	                              {"slots", (double)xs.slots.used},
	                              {"heap", (double)xs.size},
	                              {"allocated", (double)(heap.size - heap.free)},
	                              {NULL, 0}});
	xsmcSetNewObject(xsVar(0));
	addXS(the, &xsVar(0), &xs);
	addHeap(the, &xsVar(0), &heap);
	xsmcSet(xsResult, xsID("device"), xsVar(0));
}

// take(size): a number that stands for the block, undefined when there is none.
void xs_desk_c_heap_take(xsMachine *the)
{
	void *block = cHeapTake((size_t)xsmcToInteger(xsArg(0)));
	if (block)
		xsmcSetNumber(xsResult, (xsNumberValue)(uintptr_t)block);
}

void xs_desk_c_heap_give(xsMachine *the)
{
	void *block = (void *)(uintptr_t)xsmcToNumber(xsArg(0));
	if (!cHeapOwns(block))
		deskThrow(the, "RangeError", "that is no block of the C heap");
	cHeapGive(block);
}
