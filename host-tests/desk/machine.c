#include "machine.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/charged.h"
#include "common/module-map.h"
#include "common/report.h"
#include "common/variant.h"
#include "desk-module.h"
#include "loop/loop.h"
#include "natives/console.h"
#include "natives/natives.h"
#include "xs/xs-host.h"

enum { maximumPreloads = 512 };

typedef struct {
	xsIntegerValue chunks, moreChunks, slots, moreSlots;
} HeapSizes;

// Beside the built-in objects and what is preloaded there is room for all that is live and much more, so collections
// are rare. A collection at every allocation walks all of the room.
#if defined(mxStress) && mxStress
static const HeapSizes deskHeap = {128 * 1024, 32 * 1024, 8 * 1024, 2 * 1024};
#else
static const HeapSizes deskHeap = {8192 * 1024, 2048 * 1024, 256 * 1024, 64 * 1024};
#endif
// "creation" in the SDK's manifest of that device.
static const HeapSizes deviceHeap = {1536, 512, 512, 64};
// What is shared before the program runs: it never grows again.
static const HeapSizes sharedHeap = {512 * 1024, 256 * 1024, 32 * 1024, 16 * 1024};

static const HeapSizes *programHeap = &deskHeap;
static const char *preloads[maximumPreloads];
static unsigned preloadCount = 0;
static xsMachine *shared = NULL;

void machineAddPreload(const char *specifier)
{
	if (preloadCount == maximumPreloads) {
		fprintf(stderr, "desk: more than %d times --preload\n", maximumPreloads);
		exit(1);
	}
	preloads[preloadCount++] = specifier;
}

void machineUseDeviceHeap(void)
{
	programHeap = &deviceHeap;
	deskGrowAsDevice();
}

static xsCreation creationOf(const HeapSizes *heap)
{
	return (xsCreation){
	    .initialChunkSize = heap->chunks,
	    .incrementalChunkSize = heap->moreChunks,
	    .initialHeapCount = heap->slots,
	    .incrementalHeapCount = heap->moreSlots,
	    .stackCount = 4096,
	    .initialKeyCount = 2048,
	    .incrementalKeyCount = 512,
	    .nameModulo = 1993,
	    .symbolModulo = 127,
	    .parserBufferSize = 64 * 1024,
	    .parserTableModulo = 1993,
	    .staticSize = 0,
	};
}

static void preloaded(xsMachine *the)
{
	(void)the;
}

static void preload(xsMachine *the, const char *specifier)
{
	char path[PATH_MAX];
	if (!moduleMapFind("", specifier, path, sizeof(path))) {
		reportFatal("cannot find module \"%s\" to preload: there is no file %s", specifier, path);
		return;
	}
	xsBeginHost(the);
	deskImport(the, path, preloaded, deskMainFailed);
	deskRunPromiseJobs(the);
	xsEndHost(the);
	if (!loopIsEmpty())
		reportFatal("module \"%s\" has made a timer or a socket, which nothing preloaded can have", specifier);
}

// Names and symbols are looked up in tables that clones have in common.
static xsMachine *createShared(const xsCreation *program)
{
	xsCreation creation = creationOf(&sharedHeap);
	xsMachine *the;
	creation.nameModulo = program->nameModulo;
	creation.symbolModulo = program->symbolModulo;
	the = xsCreateMachine(&creation, "built-ins", NULL);
	if (!the)
		return NULL;
	xsBeginHost(the);
	deskDefineNatives(the);
	deskDefineConsole(the);
	xsEndHost(the);
	deskSetPreloading(true);
	for (unsigned i = 0; i < preloadCount && !reportIsExiting(); i++)
		preload(the, preloads[i]);
	deskSetPreloading(false);
	return the;
}

xsMachine *machineCreate(const char *path)
{
	xsCreation creation = creationOf(programHeap);
	xsMachine *machine = NULL;
	variantSetCreation(&creation);
	reportSetPhase("while modules are preloaded");
	shared = createShared(&creation);
	if (shared && !reportIsExiting()) {
		variantLink(shared, path);
		deskFreeze(shared);
		deskShare(shared);
		reportSetPhase("while XS is started");
		chargedSet(true);
		machine = xsCloneMachine(&creation, shared, "desk", NULL);
	}
	if (!machine && !reportIsExiting())
		reportFatal("desk: no memory for XS");
	return machine;
}

void machineDelete(xsMachine *machine)
{
	if (machine)
		xsDeleteMachine(machine);
	if (shared)
		xsDeleteMachine(shared);
	deskFreeCode();
}
