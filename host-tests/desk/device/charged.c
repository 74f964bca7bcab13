#include "common/charged.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "c-heap.h"

static bool isCharged = false;

bool chargedSet(bool charged)
{
	bool before = isCharged;
	isCharged = charged;
	return before;
}

void *chargedMalloc(size_t size)
{
	return isCharged ? cHeapTake(size) : malloc(size);
}

void *chargedCalloc(size_t count, size_t size)
{
	void *block;
	if (!isCharged)
		return calloc(count, size);
	if (size && count > SIZE_MAX / size)
		return NULL;
	block = cHeapTake(count * size);
	return block ? memset(block, 0, count * size) : NULL;
}

void *chargedRealloc(void *block, size_t size)
{
	if (!block)
		return chargedMalloc(size);
	return cHeapOwns(block) ? cHeapResize(block, size) : realloc(block, size);
}

void chargedFree(void *block)
{
	if (cHeapOwns(block))
		cHeapGive(block);
	else
		free(block);
}
