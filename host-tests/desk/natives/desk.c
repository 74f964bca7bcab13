// Calling scripts from the loop, throwing errors from natives, reading options.

#include "desk.h"

#include <stdarg.h>

#include "xs/xs-host.h"

#if defined(mxStress) && mxStress
// A collection happens at the n-th allocation of every callback, with another n each time, so that a native that keeps
// an unprotected slot or chunk pointer is found sooner or later, and at a bearable price.
extern int gxStress;

static void stress(void)
{
	static uint32_t state = 1;
	state = state * 1664525 + 1013904223;
	if (gxStress <= 0)
		gxStress = -(int)(1 + (state >> 24));
}
#else
static void stress(void)
{
}
#endif

void deskCall(xsMachine *the, xsSlot *function, xsSlot *self, xsSlot *argument)
{
	stress();
	xsBeginHost(the);
	if (fxTypeOf(the, function) == xsReferenceType) {
		xsTry
		{
			if (argument)
				(void)xsCallFunction1(*function, *self, *argument);
			else
				(void)xsCallFunction0(*function, *self);
		}
		xsCatch
		{
			fxAbort(the, xsUnhandledExceptionExit);
		}
	}
	deskRunPromiseJobs(the);
	xsEndHost(the);
}

void deskCallCount(xsMachine *the, xsSlot *function, xsSlot *self, uint32_t count)
{
	xsSlot argument = {0};
	fxInteger(the, &argument, (xsIntegerValue)count);
	deskCall(the, function, self, &argument);
}

void deskThrow(xsMachine *the, const char *errorClass, const char *format, ...)
{
	char message[512];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	xsThrow(xsNew1(xsGlobal, xsID(errorClass), xsString(message)));
}

void deskThrowCode(xsMachine *the, const char *code, const char *format, ...)
{
	char message[512];
	va_list arguments;
	xsmcVars(2);
	va_start(arguments, format);
	vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	xsVar(0) = xsNew1(xsGlobal, xsID("Error"), xsString(message));
	xsVar(1) = xsString((char *)code);
	xsmcSet(xsVar(0), xsID("code"), xsVar(1));
	xsThrow(xsVar(0));
}

bool deskIsUndefined(xsMachine *the, xsSlot *slot)
{
	return fxTypeOf(the, slot) == xsUndefinedType;
}

void deskGetOption(xsMachine *the, xsSlot *result, const char *name)
{
	xsmcGet(*result, xsArg(0), xsID(name));
}

void deskGetCallback(xsMachine *the, xsSlot *result, const char *name)
{
	deskGetOption(the, result, name);
	switch (fxTypeOf(the, result)) {
	case xsUndefinedType:
	case xsNullType:
		xsmcSetUndefined(*result);
		break;
	default:
		if (!fxIsCallable(the, result))
			deskThrow(the, "TypeError", "%s is not a function", name);
		break;
	}
}

uint16_t deskGetPort(xsMachine *the, bool required)
{
	xsSlot slot;
	xsNumberValue port;
	deskGetOption(the, &slot, "port");
	if (deskIsUndefined(the, &slot)) {
		if (required)
			deskThrow(the, "TypeError", "port is missing");
		return 0;
	}
	port = fxToNumber(the, &slot);
	if (!(port >= 0 && port <= 65535 && port == (uint16_t)port))
		deskThrow(the, "RangeError", "port is not an integer from 0 to 65535");
	return (uint16_t)port;
}

void deskAddFigures(xsMachine *the, xsSlot *object, const DeskFigure *figures)
{
	xsSlot value = {0};
	for (; figures->name; figures++) {
		xsmcSetNumber(value, figures->value);
		xsmcSet(*object, xsID(figures->name), value);
	}
}
