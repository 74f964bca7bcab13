// For xsRun.c alone, in which a call of c_setjmp() in fxRunID() is one of this (xs.mk).
//
// The interpreter's state is in local variables, and where a `try` begins fxRunID() calls setjmp(). What is in use
// across that call gcc keeps in memory, for all of the function: a fifth of all instructions of XS. So the state is put
// aside and taken back, as XS does around every other call, and none of it is in use across this one. Where an exception
// leads there again, there may be no code: C has thrown behind a call of JavaScript's.

#ifndef XS_RUN_H
#define XS_RUN_H

#define keepingState(BUFFER)                                                                                           \
	({                                                                                                                 \
		int again;                                                                                                     \
		mxSaveState;                                                                                                   \
		again = setjmp(BUFFER);                                                                                        \
		mxRestoreState;                                                                                                \
		if (!again)                                                                                                    \
			byte = *(const txU1 *)mxCode;                                                                              \
		again;                                                                                                         \
	})

#endif
