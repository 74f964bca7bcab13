// For xsRun.c alone, of the variant that counts byte codes: each that is run belongs to the function of its frame.

#ifndef XS_PROFILE_H
#define XS_PROFILE_H

struct sxMachine;
struct sxSlot;

// `function` is that of the frame, `code` the byte code.
void deskCountCode(struct sxMachine *the, struct sxSlot *function, unsigned char code);

// A property of an object is looked up.
void deskCountLookup(struct sxMachine *the, struct sxSlot *instance, int id);

#define lookedUp(INSTANCE) (deskCountLookup(the, INSTANCE, (int)offset), the)

#define counted(GOTO)                                                                                                  \
	deskCountCode(the, mxFrameFunction, (unsigned char)byte);                                                          \
	GOTO

#endif
