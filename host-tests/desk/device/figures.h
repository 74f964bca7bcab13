// XS's memory on a device, in figures: bytes.

#ifndef DESK_FIGURES_H
#define DESK_FIGURES_H

#include <stddef.h>

typedef struct {
	size_t used;     // by what is alive, and by what has not been collected
	size_t peak;     // the most of that
	size_t reserved; // what is theirs
} XSShare;

// Without a static block, free and lowestFree are 0: that is the C heap's matter then.
typedef struct {
	size_t size;         // of the static block; otherwise of the blocks that XS has taken
	size_t free;         // of it, between chunks and slots
	size_t lowestFree;   // the least that it ever was, with what chunks had taken and did not use
	size_t largestChunk; // that can be had for certain; more if some of what is used is garbage
	size_t stack;        // XS's stack
	size_t deepestStack; // the most of it that was ever in use
	XSShare chunks, slots;
} XSFigures;

#endif
