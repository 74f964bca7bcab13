// What the host asks of the files of this folder, which see the inside of the engine: these are in xs-platform.c,
// xs-flash.c, xs-linked.c, xs-memory.c (device/xs-block.c), xs-archive.c and xs-modules.c.

#ifndef DESK_XS_HOST_H
#define DESK_XS_HOST_H

#include <stdbool.h>
#include <stddef.h>

#include "xsmc.h"

void deskRunPromiseJobs(xsMachine *the);
void deskImport(xsMachine *the, const char *path, xsCallback fulfilled, xsCallback rejected);
void deskExitScript(xsMachine *the) XS_FUNCTION_NORETURN;
void deskHeapFigures(xsMachine *the, size_t *chunks, size_t *slots);
// Freezes what preloaded modules have made and the built-in objects, as far as the SDK's linker does.
void deskFreeze(xsMachine *the);
// Compiles module `path` and what it imports, and makes their names; of those that machine `the` has not loaded. What
// cannot be compiled is left to the program, which fails when it imports it.
void deskLink(xsMachine *the, const char *path);
// Makes a machine that only its clones use from then on.
void deskShare(xsMachine *the);
// Slots grow by a few, as on a device, and not by half of what there is.
void deskGrowAsDevice(void);

// Modules that are loaded meanwhile are compiled as preloaded ones are.
void deskSetPreloading(bool preloading);
// When XS is gone, for values point into the code.
void deskFreeCode(void);

#endif
