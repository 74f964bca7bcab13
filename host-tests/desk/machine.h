// The XS machine that runs the program. What a device has in flash, the built-in objects and preloaded modules, is in
// a machine of its own, which collections leave alone as they do flash.

#ifndef DESK_MACHINE_H
#define DESK_MACHINE_H

#include "xsmc.h"

// `specifier` is imported before anything else runs, as the SDK does while it builds (option --preload).
void machineAddPreload(const char *specifier);

// The heap begins and grows as that of an ESP32-C3 (option --device-heap).
void machineUseDeviceHeap(void);

// To run module `path`. NULL when a module cannot be preloaded, or memory is out; the reason has been told.
xsMachine *machineCreate(const char *path);
void machineDelete(xsMachine *machine);

#endif
