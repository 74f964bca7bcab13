// What the SDK's linker (xsl) makes unchangeable before it writes flash: functions and their prototypes, environments,
// what a program cannot have a copy of in RAM, and the built-in objects (xs/tools/xslSlot.c, fxPrepareHeap; xsl.c,
// fxFreezeBuiltIns). All else that is not frozen has an alias: the program's first change makes a copy of it in RAM.

#include "xsAll.h"

static void freeze(txSlot *instance)
{
	for (txSlot *property = instance->next; property; property = property->next) {
		if (property->kind != XS_ACCESSOR_KIND)
			property->flag |= XS_DONT_SET_FLAG;
		property->flag |= XS_DONT_DELETE_FLAG;
	}
	instance->flag |= XS_DONT_PATCH_FLAG;
}

static txBoolean isFunction(const txSlot *internal)
{
	if (!internal || !(internal->flag & XS_INTERNAL_FLAG))
		return 0;
	return internal->kind == XS_CALLBACK_KIND || internal->kind == XS_CALLBACK_X_KIND ||
	       internal->kind == XS_CODE_KIND || internal->kind == XS_CODE_X_KIND;
}

static txBoolean hasNoAlias(const txSlot *internal)
{
	if (!internal || !(internal->flag & XS_INTERNAL_FLAG))
		return 0;
	switch (internal->kind) {
	case XS_MAP_KIND:
	case XS_SET_KIND:
	case XS_WEAK_MAP_KIND:
	case XS_WEAK_SET_KIND:
	case XS_WEAK_REF_KIND:
	case XS_ARRAY_BUFFER_KIND:
	case XS_DATA_VIEW_KIND:
	case XS_TYPED_ARRAY_KIND:
	case XS_PROMISE_KIND:
	case XS_PROXY_KIND:
	case XS_REGEXP_KIND:
		return 1;
	case XS_CLOSURE_KIND:
		return internal->value.closure->kind == XS_FINALIZATION_REGISTRY_KIND;
	default:
		return internal->ID == XS_ENVIRONMENT_BEHAVIOR;
	}
}

static void freezeFunction(txMachine *the, txSlot *function)
{
	freeze(function);
	if (!(function->flag & XS_CAN_CONSTRUCT_FLAG))
		return;
	for (txSlot *property = function->next->next; property; property = property->next)
		if (property->ID == mxID(_prototype) && property->kind == XS_REFERENCE_KIND)
			freeze(property->value.reference);
}

static void freezeInstance(txMachine *the, txSlot *instance)
{
	txSlot *internal = instance->next;
	if (isFunction(internal))
		freezeFunction(the, instance);
	else if (hasNoAlias(internal)) {
		freeze(instance);
		if (internal->kind == XS_PROMISE_KIND)
			freeze(internal->next->value.reference); // who waits for it
	}
}

// Of a variable that holds a function.
static void freezeVariable(txSlot *variable)
{
	if (variable->kind == XS_REFERENCE_KIND && isFunction(variable->value.reference->next))
		variable->flag |= XS_DONT_SET_FLAG;
}

void deskFreeze(txMachine *the)
{
	for (txSlot *heap = the->firstHeap; heap; heap = heap->next)
		for (txSlot *slot = heap + 1; slot < heap->value.reference; slot++) {
			if (slot->kind == XS_INSTANCE_KIND)
				freezeInstance(the, slot);
			else if (slot->kind == XS_CLOSURE_KIND)
				freezeVariable(slot->value.closure);
		}
	for (int i = mxObjectPrototypeStackIndex; i < mxStackIndexCount; i++)
		if (the->stackPrototypes[-1 - i].kind == XS_REFERENCE_KIND)
			freeze(the->stackPrototypes[-1 - i].value.reference);
	freeze(mxMathObject.value.reference);
	freeze(mxJSONObject.value.reference);
	freeze(mxReflectObject.value.reference);
	freeze(mxAtomicsObject.value.reference);
}
