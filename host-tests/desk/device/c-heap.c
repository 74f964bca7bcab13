// A block is a header, which is the size of what follows it and two flags, and that many bytes. In those of a free
// block stand its neighbours in its list; its last four bytes say where it begins, so that the block behind it finds
// it. A header of size 0 ends the arena.

#include "c-heap.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	headerSize = sizeof(uint32_t),
	smallestBlock = 3 * sizeof(uint32_t),
	unit = 4,
	pieces = 16,                // lists to a power of two
	exactLimit = unit * pieces, // blocks of less have a list for each size
	firstPower = 6,             // of two, which is exactLimit
	listCount = (1 + 32 - firstPower) * pieces,
	largestRequest = 1 << 30,
};

// Flags of a header.
enum { isFree = 1, isPreviousFree = 2, flags = isFree | isPreviousFree };

// Places in the arena are offsets from its start, 0 for none, where no block is.
typedef uint32_t Place;

static unsigned char *arena = NULL;
static Place lists[listCount];
static CHeapFigures figures;

static uint32_t *wordAt(Place place)
{
	return (uint32_t *)(arena + place);
}

// `block` is where its bytes begin.
static uint32_t *headerOf(Place block)
{
	return wordAt(block - headerSize);
}

static uint32_t sizeOf(Place block)
{
	return *headerOf(block) & ~(uint32_t)flags;
}

static Place behind(Place block)
{
	return block + sizeOf(block) + headerSize;
}

static Place *nextOf(Place block)
{
	return wordAt(block);
}

static Place *previousOf(Place block)
{
	return wordAt(block + sizeof(Place));
}

static unsigned powerOf(uint32_t size)
{
	return 31 - (unsigned)__builtin_clz(size);
}

// The list in which a free block of that size is.
static unsigned listOf(uint32_t size)
{
	unsigned power;
	if (size < exactLimit)
		return size / unit;
	power = powerOf(size);
	return (power - firstPower + 1) * pieces + ((size >> (power - 4)) & (pieces - 1));
}

// The first list in which every block is large enough.
static unsigned listFor(uint32_t size)
{
	return listOf(size < exactLimit ? size : size + (1u << (powerOf(size) - 4)) - 1);
}

// The least size of a list's blocks.
static uint32_t leastOf(uint32_t size)
{
	return size < exactLimit ? size : size & ~((1u << (powerOf(size) - 4)) - 1);
}

static void insert(Place block)
{
	Place *list = &lists[listOf(sizeOf(block))];
	*nextOf(block) = *list;
	*previousOf(block) = 0;
	if (*list)
		*previousOf(*list) = block;
	*list = block;
	figures.free += sizeOf(block);
}

static void removeFree(Place block)
{
	Place next = *nextOf(block), previous = *previousOf(block);
	if (next)
		*previousOf(next) = previous;
	if (previous)
		*nextOf(previous) = next;
	else
		lists[listOf(sizeOf(block))] = next;
	figures.free -= sizeOf(block);
}

// Makes a free block of `size` bytes there; its neighbours are taken ones.
static void makeFree(Place block, uint32_t size)
{
	*headerOf(block) = size | isFree;
	*wordAt(block + size - sizeof(Place)) = block;
	*headerOf(behind(block)) |= isPreviousFree;
	insert(block);
}

// All blocks of one list are as good as the smallest that belongs there.
static size_t largestBlock(void)
{
	for (unsigned list = listCount; list--;)
		if (lists[list])
			return leastOf(sizeOf(lists[list]));
	return 0;
}

static void noteLeast(void)
{
	const size_t largest = largestBlock();
	if (figures.free < figures.lowestFree)
		figures.lowestFree = figures.free;
	if (largest < figures.leastLargest)
		figures.leastLargest = largest;
}

// A taken block of `size` bytes, of the `room` that there is; what is over is a free block if it is large enough for
// one.
static void makeTaken(Place block, uint32_t size, uint32_t room)
{
	uint32_t previous = *headerOf(block) & isPreviousFree;
	uint32_t over = room - size;
	*headerOf(block) = (over < smallestBlock + headerSize ? room : size) | previous;
	*headerOf(behind(block)) &= ~(uint32_t)isPreviousFree;
	if (over >= smallestBlock + headerSize)
		makeFree(behind(block), over - headerSize);
	noteLeast();
}

void cHeapOpen(size_t size)
{
	uint32_t whole = ((uint32_t)size - 2 * headerSize) & ~(uint32_t)flags;
	arena = malloc(size);
	if (!arena) {
		perror("desk: C heap");
		exit(1);
	}
	memset(lists, 0, sizeof(lists));
	figures = (CHeapFigures){.size = size};
	*headerOf(headerSize + whole + headerSize) = 0;
	*headerOf(headerSize) = 0;
	makeFree(headerSize, whole);
	figures.lowestFree = figures.free;
	figures.leastLargest = largestBlock();
}

void cHeapClose(void)
{
	free(arena);
	arena = NULL;
}

bool cHeapOwns(const void *block)
{
	return arena && (const unsigned char *)block > arena && (const unsigned char *)block < arena + figures.size;
}

static uint32_t adjust(size_t size)
{
	uint32_t adjusted = ((uint32_t)size + unit - 1) & ~(uint32_t)(unit - 1);
	return adjusted < smallestBlock ? smallestBlock : adjusted;
}

static void *fail(size_t size)
{
	figures.failures++;
	figures.lastFailure = size;
	return NULL;
}

void *cHeapTake(size_t size)
{
	uint32_t adjusted = adjust(size);
	Place block = 0;
	if (size > largestRequest)
		return fail(size);
	for (unsigned list = listFor(adjusted); list < listCount && !block; list++)
		block = lists[list];
	if (!block)
		return fail(size);
	removeFree(block);
	makeTaken(block, adjusted, sizeOf(block));
	figures.blocks++;
	return arena + block;
}

void cHeapGive(void *data)
{
	Place block = (Place)((unsigned char *)data - arena), next = behind(block);
	uint32_t size = sizeOf(block);
	if (*headerOf(block) & isFree) {
		fprintf(stderr, "desk: a block of the C heap is freed twice\n");
		abort();
	}
	figures.blocks--;
	if (*headerOf(next) & isFree) {
		removeFree(next);
		size += headerSize + sizeOf(next);
	}
	if (*headerOf(block) & isPreviousFree) {
		Place previous = *wordAt(block - headerSize - sizeof(Place));
		removeFree(previous);
		size += headerSize + sizeOf(previous);
		block = previous;
	}
	makeFree(block, size);
}

static bool resizeInPlace(Place block, uint32_t size)
{
	Place next = behind(block);
	uint32_t room = sizeOf(block);
	bool grows = *headerOf(next) & isFree;
	if (grows)
		room += headerSize + sizeOf(next);
	if (room < size)
		return false;
	if (grows)
		removeFree(next);
	makeTaken(block, size, room);
	return true;
}

void *cHeapResize(void *data, size_t size)
{
	Place block = (Place)((unsigned char *)data - arena);
	void *copy;
	if (size <= largestRequest && resizeInPlace(block, adjust(size)))
		return data;
	copy = cHeapTake(size);
	if (!copy)
		return NULL;
	memcpy(copy, data, sizeOf(block));
	cHeapGive(data);
	return copy;
}

CHeapFigures cHeapMeasure(void)
{
	CHeapFigures result = figures;
	result.largestBlock = largestBlock();
	return result;
}
