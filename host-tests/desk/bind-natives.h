// The SDK's compiler binds native("name") when it compiles a module, so that a call costs no lookup. So does the desk.

#ifndef BIND_NATIVES_H
#define BIND_NATIVES_H

#include <stddef.h>

// Replaces each native("name") of a module by a constant that is bound once, in front of its first line; lines keep
// their numbers. Takes over `source` of `*length` bytes; NULL when memory is out.
unsigned char *bindNatives(unsigned char *source, size_t *length);

#endif
