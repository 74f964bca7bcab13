// malloc and its kin for C that allocates on a device: XS's own, outside of its blocks, and the modules'. For
// VARIANT=device XS is compiled with these names in place of the C library's, and so is the modules' allocator
// (tls-alloc.c). The desk itself, which stands for the SDK's and ESP-IDF's C, has the C library's.

#ifndef DESK_CHARGED_H
#define DESK_CHARGED_H

#include <stdbool.h>
#include <stddef.h>

void *chargedMalloc(size_t size);
void *chargedCalloc(size_t count, size_t size);
void *chargedRealloc(void *block, size_t size);
void chargedFree(void *block);

// Whether blocks come from the device's C heap from now on, or from the desk's: what is made for flash takes nothing of
// it. Gives what it was before. A block goes back to where it came from.
bool chargedSet(bool charged);

#endif
