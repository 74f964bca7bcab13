// Module desk, for programs that know they run on a desk: how they end, and what memory they take.

#include "desk.h"

#include <malloc.h>

#include "loop.h"
#include "report.h"

#if defined(__SANITIZE_ADDRESS__)
// gcc has no header for it.
size_t __sanitizer_get_current_allocated_bytes(void);
#endif

static xsMachine *machine = NULL; // once the main module has run
static xsSlot mainModule;         // its namespace
static xsSlot stopHandler;

// exit(code): nothing of the script runs after this.
void xs_desk_exit(xsMachine *the)
{
	reportExit(deskIsUndefined(the, &xsArg(0)) ? 0 : xsmcToInteger(xsArg(0)));
	deskExitScript(the);
}

void xs_desk_gc(xsMachine *the)
{
	xsCollectGarbage();
}

static double countAllocated(void)
{
#if defined(__SANITIZE_ADDRESS__)
	return (double)__sanitizer_get_current_allocated_bytes();
#else
	struct mallinfo2 info = mallinfo2();
	return (double)info.uordblks + (double)info.hblkhd;
#endif
}

// memory(): bytes in use by chunks and by slots, bytes that XS took for both, bytes allocated by everything else.
void xs_desk_memory(xsMachine *the)
{
	size_t chunks, slots;
	double allocated = countAllocated();
	double heap = (double)the->heapBytes;
	deskHeapFigures(the, &chunks, &slots);
	xsmcVars(1);
	xsmcSetNewObject(xsResult);
	xsmcSetNumber(xsVar(0), (double)chunks);
	xsmcSet(xsResult, xsID("chunks"), xsVar(0));
	xsmcSetNumber(xsVar(0), (double)slots);
	xsmcSet(xsResult, xsID("slots"), xsVar(0));
	xsmcSetNumber(xsVar(0), heap);
	xsmcSet(xsResult, xsID("heap"), xsVar(0));
	xsmcSetNumber(xsVar(0), allocated - heap);
	xsmcSet(xsResult, xsID("allocated"), xsVar(0));
}

// onStop(handler): called at the first SIGTERM or SIGINT in place of ending the process.
void xs_desk_onStop(xsMachine *the)
{
	if (!fxIsCallable(the, &xsArg(0)))
		deskThrow(the, "TypeError", "the stop handler is not a function");
	// A slot that is remembered is linked: it must not be overwritten while it is.
	xsForget(stopHandler);
	stopHandler = xsArg(0);
	xsRemember(stopHandler);
}

// The main module has run: its default export is called when it is a function, as the SDK does.
void deskMainLoaded(xsMachine *the)
{
	machine = the;
	mainModule = xsArg(0);
	xsRemember(mainModule);
	xsmcVars(1);
	xsmcGet(xsVar(0), mainModule, xsID("default"));
	if (fxIsCallable(the, &xsVar(0)))
		(void)xsCallFunction0(xsVar(0), xsGlobal);
}

void deskMainFailed(xsMachine *the)
{
	xsException = xsArg(0);
	fxAbort(the, xsUnhandledExceptionExit);
}

void deskStop(void)
{
	xsMachine *the = machine;
	xsSlot handler = stopHandler;
	if (the && fxTypeOf(the, &handler) != xsReferenceType) {
		xsBeginHost(the);
		xsmcGet(xsResult, mainModule, xsID("stop"));
		if (fxIsCallable(the, &xsResult))
			handler = xsResult;
		xsEndHost(the);
	}
	if (the && fxTypeOf(the, &handler) == xsReferenceType)
		deskCall(the, &handler, &xsGlobal, NULL);
	else
		reportExit(0);
}
