// Who gives XS its memory: xs-memory.c, or device/xs-block.c for VARIANT=device.

#ifndef XS_MEMORY_H
#define XS_MEMORY_H

#include "xsAll.h"

// What could not be had, and what there is.
void memoryDescribe(txMachine *the, char *buffer, size_t size);

// The host, or a job of a promise, has run.
void memoryEndTurn(txMachine *the);

#endif
