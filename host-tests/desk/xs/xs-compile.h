// Modules as XS is given them, of which the code is kept (xs-archive.h).

#ifndef XS_COMPILE_H
#define XS_COMPILE_H

#include "xsAll.h"
#include "xsScript.h"

// The whole file, for the parser asks for one character at a time. NULL when it cannot be read.
unsigned char *moduleRead(const char *path, size_t *length);

// What fxResolveModule runs. Otherwise the constructor of the error to throw, with its `message`.
txSlot *moduleMakeScript(txMachine *the, const char *path, txScript *result, char *message, size_t size);

#endif
