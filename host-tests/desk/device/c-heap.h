// The C heap of a device: one arena, in which blocks lie as they do in ESP-IDF's heap, so that what it takes, what is
// left and in which pieces is as there. A block is never moved; a free one joins its neighbours.
//
// As in ESP-IDF's (TLSF): four bytes stand before each block, sizes are multiples of four and at least twelve, free
// blocks are kept in lists by size, sixteen to a power of two, and a request takes the block that was freed last from
// the first list in which any is large enough.

#ifndef DESK_C_HEAP_H
#define DESK_C_HEAP_H

#include <stdbool.h>
#include <stddef.h>

void cHeapOpen(size_t size);
void cHeapClose(void);

// NULL when no free block is large enough, however much is free in all.
void *cHeapTake(size_t size);
void cHeapGive(void *block);
// In place where what follows is free; NULL leaves the block as it is.
void *cHeapResize(void *block, size_t size);

// False for NULL and for what did not come from here.
bool cHeapOwns(const void *block);

typedef struct {
	size_t size;         // of the arena
	size_t free;         // bytes in free blocks
	size_t lowestFree;   // the least that it ever was
	size_t largestBlock; // what cHeapTake gives for certain
	size_t leastLargest; // the least that it ever was
	size_t blocks;       // taken now
	size_t failures;     // how often cHeapTake gave NULL
	size_t lastFailure;  // for how many bytes it did so last
} CHeapFigures;

CHeapFigures cHeapMeasure(void);

#endif
