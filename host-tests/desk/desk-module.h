// The main module: takes what it exports, and calls its stop hook.

#ifndef DESK_DESK_MODULE_H
#define DESK_DESK_MODULE_H

#include "xsmc.h"

void deskMainLoaded(xsMachine *the);
void deskMainFailed(xsMachine *the);
void deskStop(void);

#endif
