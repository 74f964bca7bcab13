// Module desk, for programs that know they run on a desk: how they end, and what they do at a signal. What memory they
// take is the variant's to say (desk-variant.c, device/device-module.c).

#include "desk-module.h"

#include <time.h>

#include "common/report.h"
#include "loop/loop.h"
#include "natives/desk.h"
#include "xs/xs-census.h"
#include "xs/xs-host.h"

enum { classes = 200 };

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

// processorTime(): milliseconds.
void xs_desk_processorTime(xsMachine *the)
{
	xsmcSetNumber(xsResult, (xsNumberValue)clock() * 1000 / CLOCKS_PER_SEC);
}

// census(): [instances, slots] by the name of their class, once garbage has been collected.
void xs_desk_census(xsMachine *the)
{
	CensusRow rows[classes];
	deskCensus(the, rows, classes);
	xsmcVars(2);
	xsmcSetNewObject(xsResult);
	for (size_t i = 0; i < classes && rows[i].name; i++) {
		xsmcSetNewArray(xsVar(0), 0);
		xsmcSetInteger(xsVar(1), (xsIntegerValue)rows[i].instances);
		xsmcSetIndex(xsVar(0), 0, xsVar(1));
		xsmcSetInteger(xsVar(1), (xsIntegerValue)rows[i].slots);
		xsmcSetIndex(xsVar(0), 1, xsVar(1));
		xsmcSet(xsResult, xsID(rows[i].name), xsVar(0));
	}
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
