// For xsRun.c alone, of the builds without sanitizers and without a device's memory, in which a call of c_setjmp() in
// fxRunID() is one of keepingState() (xs.mk).
//
// The interpreter's state is in local variables, and where a `try` begins fxRunID() calls setjmp(). What is in use
// across that call gcc keeps in memory, for all of the function: a fifth of all instructions of XS. So the state is put
// aside and taken back, as XS does around every other call, and none of it is in use across this one.

#ifndef XS_RUN_H
#define XS_RUN_H

// Of a generator that goes on, the->code is still its caller's. What is thrown may come out of C, where there is no
// code, and the interpreter takes all from the `try` then.
#define keepingState(BUFFER)                                                                                           \
	({                                                                                                                 \
		txByte *const caller = the->code;                                                                              \
		int isThrown;                                                                                                  \
		mxSaveState;                                                                                                   \
		isThrown = setjmp(BUFFER);                                                                                     \
		if (!isThrown) {                                                                                               \
			mxRestoreState;                                                                                            \
			the->code = caller;                                                                                        \
			byte = *(const txU1 *)mxCode;                                                                              \
		}                                                                                                              \
		isThrown;                                                                                                      \
	})

// A property by its name, which fxRunID() asks for most: as XS's fxOrdinaryGetProperty() finds it, which takes more for
// what it saves of registers than for the way along a list.
#include "xsAll.h"

static inline txSlot *asItIsNow(txMachine *the, txSlot *instance)
{
	txSlot *alias = instance && instance->ID ? the->aliasArray[instance->ID] : C_NULL;

	return alias ? alias : instance;
}

__attribute__((noinline)) static txSlot *propertyNamed(txMachine *the, txSlot *instance, txID id)
{
	while (instance && !(instance->flag & XS_EXOTIC_FLAG)) {
		instance = asItIsNow(the, instance);
		for (txSlot *each = instance->next; each; each = each->next)
			if (each->ID == id && !(each->flag & XS_INTERNAL_FLAG))
				return each;
		instance = asItIsNow(the, instance->value.instance.prototype);
	}
	return instance ? mxBehavior(instance)->getProperty(the, instance, id, 0, XS_ANY) : C_NULL;
}

#undef mxBehaviorGetProperty
#define mxBehaviorGetProperty(THE, INSTANCE, ID, INDEX, FLAG)                                                          \
	((ID) && (FLAG) == XS_ANY ? propertyNamed(THE, INSTANCE, ID)                                                       \
	                          : mxBehavior(INSTANCE)->getProperty(THE, INSTANCE, ID, INDEX, FLAG))

#endif
