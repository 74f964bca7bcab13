// XS platform of the desk: promise jobs, and what happens when the engine gives up.

#include "xsAll.h"

#include "common/report.h"
#include "xs-census.h"
#include "xs-memory.h"

void fxCreateMachinePlatform(txMachine *the)
{
	the->heapLimit = reportHeapLimit();
}

void fxDeleteMachinePlatform(txMachine *the)
{
	(void)the;
}

void fxQueuePromiseJobs(txMachine *the)
{
	the->promiseJobs = 1;
}

// Errors with a string `code` are the world's (a port in use, a bad certificate): where the script was is no help.
static txBoolean isOfTheWorld(txMachine *the)
{
	txBoolean result;
	mxDub();
	mxGetID(fxID(the, "code"));
	result = mxIsStringPrimitive(the->stack);
	mxPop();
	return result;
}

// Text for an exception: its stack when it is the script's fault, for that begins with name and message.
static void describeException(txMachine *the, char *buffer, size_t size)
{
	snprintf(buffer, size, "exception without description");
	mxTry(the)
	{
		mxPush(mxException);
		if (mxIsReference(the->stack) && !isOfTheWorld(the)) {
			mxDub();
			mxGetID(mxID(_stack));
			if (mxIsUndefined(the->stack))
				mxPop();
		}
		fxToString(the, the->stack);
		snprintf(buffer, size, "%s", the->stack->value.string);
		mxPop();
	}
	mxCatch(the)
	{
	}
}

enum { maxCallers = 12 };

// Where the script was, for aborts that leave no exception behind, and who had called that.
static void describeLocation(txMachine *the, char *location, char *callers, size_t size)
{
	size_t used = 0;
	int count = 0;
	location[0] = callers[0] = 0;
	for (txSlot *frame = the->frame; frame && count <= maxCallers && used < size; frame = frame->next) {
		txSlot *environment = mxFrameToEnvironment(frame);
		const char *path = environment->ID == XS_NO_ID ? NULL : fxGetKeyName(the, environment->ID);
		int line = (int)environment->value.environment.line;
		if (path && !count++)
			snprintf(location, size, " at %s:%d", path, line);
		else if (path)
			used += (size_t)snprintf(callers + used, size - used, "%s%s:%d", used ? ", " : "\ncalled from ", path, line);
	}
}

// Where the script was, and what it lacked.
static void describeAbort(txMachine *the, int status, char *buffer, size_t size)
{
	char location[1024], callers[1024], memory[1024], slots[1536];
	describeLocation(the, location, callers, sizeof(location));
	switch (status) {
	case XS_NOT_ENOUGH_MEMORY_EXIT:
		memoryDescribe(the, memory, sizeof(memory));
		deskDescribeSlots(the, slots, sizeof(slots));
		snprintf(buffer, size, "XS is out of memory%s: %s, %s%s\nslots of %s", location, reportPhase(), memory,
		         callers, slots);
		break;
	case XS_STACK_OVERFLOW_EXIT:
		snprintf(buffer, size, "XS stack overflow%s: the recursion is too deep", location);
		break;
	case XS_NO_MORE_KEYS_EXIT:
		snprintf(buffer, size, "XS has no more property names");
		break;
	default:
		snprintf(buffer, size, "XS aborted with status %d%s", status, location);
		break;
	}
}

// The engine calls this for an exception nobody caught, and when it cannot go on. The first kind returns, so that the
// frames of the engine unwind by themselves; the second leaves the script at once.
void fxAbort(txMachine *the, int status)
{
	char text[6144];
	if (reportIsExiting())
		return;
	if (status == XS_UNHANDLED_EXCEPTION_EXIT || status == XS_UNHANDLED_REJECTION_EXIT) {
		describeException(the, text, sizeof(text));
		reportFatal(status == XS_UNHANDLED_EXCEPTION_EXIT ? "Uncaught %s" : "Unhandled rejection: %s", text);
		return;
	}
	describeAbort(the, status, text, sizeof(text));
	reportAbort(text);
	if (!the->firstJump)
		exit(reportExitCode());
	fxExitToHost(the);
}

void deskRunPromiseJobs(txMachine *the)
{
	while (the->promiseJobs) {
		the->promiseJobs = 0;
		memoryEndTurn(the);
		fxRunPromiseJobs(the);
	}
	memoryEndTurn(the);
	// "At exit" makes it look at every rejection, not only at those whose promise has been collected.
	fxCheckUnhandledRejections(the, 1);
}

void deskImport(txMachine *the, const char *path, txCallback fulfilled, txCallback rejected)
{
	txSlot *realm = mxProgram.value.reference->next->value.module.realm;
	mxPushStringC((txString)path);
	fxRunImport(the, realm, XS_NO_ID);
	mxDub();
	mxGetID(mxID(_then));
	mxCall();
	fxNewHostFunction(the, fulfilled, 1, XS_NO_ID, XS_NO_ID);
	fxNewHostFunction(the, rejected, 1, XS_NO_ID, XS_NO_ID);
	mxRunCount(2);
	mxPop();
}

void deskExitScript(txMachine *the)
{
	fxExitToHost(the);
}

void deskHeapFigures(txMachine *the, size_t *chunks, size_t *slots)
{
	*chunks = (size_t)the->currentChunksSize;
	*slots = (size_t)the->currentHeapCount * sizeof(txSlot);
}

// Their values are of the kinds that the SDK's linker writes into flash: in a clone a collection would move the others.
static txKind kindInFlash(txKind kind)
{
	switch (kind) {
	case XS_BIGINT_KIND:
		return XS_BIGINT_X_KIND;
	case XS_CALLBACK_KIND:
		return XS_CALLBACK_X_KIND;
	case XS_CODE_KIND:
		return XS_CODE_X_KIND;
	case XS_KEY_KIND:
		return XS_KEY_X_KIND;
	case XS_STRING_KIND:
		return XS_STRING_X_KIND;
	default:
		return kind;
	}
}

static void moveToFlash(txMachine *the, txSlot *slot)
{
	slot->kind = kindInFlash(slot->kind);
	if (slot->kind == XS_ARRAY_KIND && slot->value.array.address) {
		txIndex count = fxGetIndexSize(the, slot);
		for (txIndex i = 0; i < count; i++)
			slot->value.array.address[i].kind = kindInFlash(slot->value.array.address[i].kind);
	}
}

void deskShare(txMachine *the)
{
	// It goes on with a realm to which nothing refers any more, and makes slots: a collection just then ended the desk.
	fxEnableGarbageCollection(the, 0);
	fxShareMachine(the);
	fxEnableGarbageCollection(the, 1);
	for (txSlot *heap = the->firstHeap; heap; heap = heap->next)
		for (txSlot *slot = heap + 1; slot < heap->value.reference; slot++)
			moveToFlash(the, slot);
}
