// The globals native(name) and Native(name). A method of the SDK's style asks for its native at every call, so the
// answer has to be quick: a hash table by name, filled with the function objects that have been asked for.

#include "natives.h"

#include "desk.h"
#include "xs/bind-natives.h"

enum { buckets = 1024 }; // a power of two, several times the number of natives

static xsSlot functions[buckets]; // remembered when it is not undefined
static const DeskNative *natives[buckets];

static unsigned hash(const char *name)
{
	uint32_t value = 2166136261;
	for (; *name; name++)
		value = (value ^ (unsigned char)*name) * 16777619;
	return (value ^ value >> 16) % buckets;
}

// The bucket of that name, or the empty one where it would be.
static unsigned find(const char *name)
{
	unsigned index = hash(name);
	while (natives[index] && strcmp(natives[index]->name, name))
		index = (index + 1) % buckets;
	return index;
}

NativeFunction nativeFunctionOf(const char *name)
{
	const DeskNative *native = natives[find(name)];
	return native ? (NativeFunction)native->function : NULL;
}

static void nativeFunction(xsMachine *the)
{
	unsigned index = find(xsmcToString(xsArg(0)));
	const DeskNative *native = natives[index];
	if (!native || !native->function)
		deskThrow(the, "ReferenceError", "there is no C function %s in this host", xsmcToString(xsArg(0)));
	if (fxTypeOf(the, &functions[index]) == xsUndefinedType) {
		functions[index] = xsNewHostFunctionObject(native->function, 0, xsID(native->name));
		xsRemember(functions[index]);
	}
	xsResult = xsAccess(functions[index]);
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
	const DeskNative *native = natives[find(xsmcToString(xsArg(0)))];
	if (!native || !native->destructor)
		deskThrow(the, "ReferenceError", "there is no C destructor %s in this host", xsmcToString(xsArg(0)));
	xsmcVars(1);
	xsVar(0) = xsNewHostObject(native->destructor);
	xsResult = xsNewHostConstructor(construct, 0, xsVar(0));
}

void deskDefineNatives(xsMachine *the)
{
	for (const DeskNative *native = deskNatives; native->name; native++)
		natives[find(native->name)] = native;
	xsmcVars(1);
	xsVar(0) = xsNewHostFunction(nativeFunction, 1);
	xsmcDefine(xsGlobal, xsID("native"), xsVar(0), xsDontEnum);
	xsVar(0) = xsNewHostFunction(nativeClass, 1);
	xsmcDefine(xsGlobal, xsID("Native"), xsVar(0), xsDontEnum);
}
