// What a desk with a device's memory (VARIANT=device) does in its own way: device/variant.c. For all others
// desk-variant.c.

#ifndef DESK_VARIANT_H
#define DESK_VARIANT_H

#include "xsmc.h"

// Options of its own.
extern const char variantUsage[];

// NULL when the variant has that option and took it, else what is wrong.
const char *variantSetOption(const char *option, const char *value);

// When all options are known.
void variantOpen(void);
// When XS is gone.
void variantClose(void);

// The creation of the machine that runs the program, of which `creation` says what it would be.
void variantSetCreation(xsCreation *creation);

// Module `path` and what it imports are in flash, though not preloaded.
void variantLink(xsMachine *shared, const char *path);

#endif
