// The SDK's compiler binds native("name") when it compiles a module, so that a call costs no lookup. So does the desk.

#ifndef BIND_NATIVES_H
#define BIND_NATIVES_H

#include <stddef.h>

// Makes each method that is no more than a call of native("name") that C function itself, by XS's syntax for it.
// Replaces each other native("name") of a module by a constant that is bound once, in front of its first line. Lines
// keep their numbers. Takes over `source` of `*length` bytes; NULL when memory is out.
unsigned char *bindNatives(unsigned char *source, size_t *length);

// In natives.c: the C function of that name, NULL when there is none. Its parameter is the machine.
typedef void (*NativeFunction)(void *the);
NativeFunction nativeFunctionOf(const char *name);

#endif
