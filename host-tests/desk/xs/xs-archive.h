// The code of modules, as a device has it in flash: it stays where it is for as long as XS runs, and what is written
// in it is used there.

#ifndef XS_ARCHIVE_H
#define XS_ARCHIVE_H

#include "xsAll.h"
#include "xsScript.h"

// Takes `script` over and gives what fxResolveModule runs of it. Throws when XS is out of memory.
txScript archiveScript(txMachine *the, txScript *script);
void archiveFree(void);

#endif
