// What the desk's natives share. Each native is a C function with the SDK's signature, found by its name; modules/*.js
// declare the classes.

#ifndef DESK_H
#define DESK_H

#include <stdbool.h>
#include <stdint.h>

#include "xsmc.h"

// Calls `function` with `self` as this and one argument, or none when that is NULL; then runs promise jobs until none
// is left and looks for rejections that nobody handles. The slots may be gone when it returns.
void deskCall(xsMachine *the, xsSlot *function, xsSlot *self, xsSlot *argument);
// deskCall with a count, the way of onReadable and onWritable.
void deskCallCount(xsMachine *the, xsSlot *function, xsSlot *self, uint32_t count);

// Throws a new error of that global class. Unlike xsTypeError it takes messages of any length and puts no function name
// before them.
void deskThrow(xsMachine *the, const char *errorClass, const char *format, ...) XS_FUNCTION_NORETURN
    __attribute__((format(printf, 3, 4)));
// Throws an Error with that `code`: it is the world's, not the script's, and is told without a stack when uncaught.
void deskThrowCode(xsMachine *the, const char *code, const char *format, ...) XS_FUNCTION_NORETURN
    __attribute__((format(printf, 3, 4)));

// Option `name` of the options object in xsArg(0), undefined when it is absent.
void deskGetOption(xsMachine *the, xsSlot *result, const char *name);
// The same for a callback; TypeError when it is anything but a function, null or undefined.
void deskGetCallback(xsMachine *the, xsSlot *result, const char *name);
bool deskIsUndefined(xsMachine *the, xsSlot *slot);
// A port number of option `port`; RangeError when it is not from 0 to 65535.
uint16_t deskGetPort(xsMachine *the, bool required);

typedef struct {
	const char *name;
	double value;
} DeskFigure;

// As properties of an object. A NULL name ends them.
void deskAddFigures(xsMachine *the, xsSlot *object, const DeskFigure *figures);

#endif
