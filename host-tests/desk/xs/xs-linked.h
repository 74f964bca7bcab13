// Modules that are linked in with a program but not preloaded: on a device their code and all names in it are in flash,
// and what they make when they run is in RAM.

#ifndef XS_LINKED_H
#define XS_LINKED_H

#include <stdbool.h>

#include "xsAll.h"
#include "xsScript.h"

bool linkedFind(const char *path, txScript *script);
void linkedFree(void);

#endif
