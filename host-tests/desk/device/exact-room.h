// What exact-room.c has xs-block.c do.

#ifndef DESK_EXACT_ROOM_H
#define DESK_EXACT_ROOM_H

#include "xsAll.h"

// Collects garbage, and lets chunks grow by so many bytes from then on.
void deviceCapChunks(txMachine *the, size_t bytes);
// To what it was before, or that if it is higher than it is.
void deviceSetCap(size_t cap);
void deviceRaiseCap(size_t cap);
// Lets them grow as far as there is room. Returns how far they could.
size_t deviceLiftCap(void);

#endif
