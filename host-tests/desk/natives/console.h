// The globals trace and console.

#ifndef DESK_CONSOLE_H
#define DESK_CONSOLE_H

#include "xsmc.h"

void deskDefineConsole(xsMachine *the);

#endif
