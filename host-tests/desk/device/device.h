// A desk with a device's memory. These are in xs-block.c, which sees the inside of the engine.

#ifndef DESK_DEVICE_H
#define DESK_DEVICE_H

#include "xsmc.h"

#include "figures.h"

// XS's static block.
void deviceOpenBlock(size_t size);
void deviceCloseBlock(void);

// From when a server serves: so many bytes of chunks may be taken without asking for them (exact-room.c).
void deviceSetExactRoom(size_t bytes);

// `the` is the machine that runs the program.
XSFigures deviceMeasureXS(xsMachine *the);

#endif
