// The globals native(name) and Native(name).

#include "desk.h"

// One array holds the function objects that have been asked for, at the index of their name.
static xsSlot functions;

static int find(const char *name)
{
	unsigned low = 0, high = deskNativeCount;
	while (low < high) {
		unsigned middle = (low + high) / 2;
		int order = strcmp(name, deskNatives[middle].name);
		if (!order)
			return (int)middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return -1;
}

static void nativeFunction(xsMachine *the)
{
	int index = find(xsmcToString(xsArg(0)));
	if (index < 0 || !deskNatives[index].function)
		deskThrow(the, "ReferenceError", "there is no C function %s in this host", xsmcToString(xsArg(0)));
	xsmcGetIndex(xsResult, functions, (xsIndex)index);
	if (fxTypeOf(the, &xsResult) != xsUndefinedType)
		return;
	xsResult = xsNewHostFunctionObject(deskNatives[index].function, 0, xsID(deskNatives[index].name));
	xsmcSetIndex(functions, (xsIndex)index, xsResult);
}

// Runs as the base of a class: the instance is a host object, and the destructor comes along from the prototype.
static void construct(xsMachine *the)
{
	if (deskIsUndefined(the, &xsTarget))
		deskThrow(the, "TypeError", "a native class needs new");
	xsmcVars(1);
	xsmcGet(xsVar(0), xsTarget, xsID("prototype"));
	xsResult = xsmcNewHostInstance(xsVar(0));
}

static void nativeClass(xsMachine *the)
{
	int index = find(xsmcToString(xsArg(0)));
	if (index < 0 || !deskNatives[index].destructor)
		deskThrow(the, "ReferenceError", "there is no C destructor %s in this host", xsmcToString(xsArg(0)));
	xsmcVars(1);
	xsVar(0) = xsNewHostObject(deskNatives[index].destructor);
	xsResult = xsNewHostConstructor(construct, 0, xsVar(0));
}

void deskDefineNatives(xsMachine *the)
{
	xsmcVars(1);
	functions = xsNewArray(0);
	xsRemember(functions);
	xsVar(0) = xsNewHostFunction(nativeFunction, 1);
	xsmcDefine(xsGlobal, xsID("native"), xsVar(0), xsDontEnum);
	xsVar(0) = xsNewHostFunction(nativeClass, 1);
	xsmcDefine(xsGlobal, xsID("Native"), xsVar(0), xsDontEnum);
}
