// Where a module specifier leads to: relative files, --module PREFIX=DIR, and the desk's own SDK modules.

#ifndef DESK_MODULE_MAP_H
#define DESK_MODULE_MAP_H

#include <stdbool.h>
#include <stddef.h>

// `prefix` ends where the file's path under `folder` begins: "tls/" and "build/js/modules/tls".
void moduleMapAdd(const char *prefix, const char *folder);
void moduleMapSetBuiltins(const char *folder);
void moduleMapFree(void);

// Writes the real path of the module that `importer` (a real path, or NULL for the main module) means by `specifier`.
// False when there is no such file; `path` then holds the last place that was looked at.
bool moduleMapFind(const char *importer, const char *specifier, char *path, size_t size);

// A path for messages: relative to the working directory where it is below it.
const char *moduleMapShow(const char *path);

#endif
