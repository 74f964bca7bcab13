// For xsRun.c alone, of the builds without sanitizers and without a device's memory, in which a call of c_setjmp() in fxRunID() is one of this (xs.mk).
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

#endif
