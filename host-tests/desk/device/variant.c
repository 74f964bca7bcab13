// VARIANT=device: XS in a block as large as a device's, the modules' C in a C heap as large as there.

#include <limits.h>
#include <stdlib.h>

#include "c-heap.h"
#include "common/module-map.h"
#include "common/report.h"
#include "common/variant.h"
#include "device.h"
#include "platforms.h"
#include "sockets/tcp.h"
#include "xs/xs-host.h"

const char variantUsage[] = "  --platform NAME       whose memory it has: esp32c3 (default), esp32, esp8266\n"
                            "  --c-heap BYTES        another C heap than the platform's\n"
                            "  --exact-room BYTES    of XS's chunks, what a server asks for and no more, and so many without a question\n";
// What the process ends with where a device restarts.
enum { restartStatus = 3 };

static const DevicePlatform *platform = NULL;
static size_t cHeapSize = 0;

static const char *setPlatform(const char *name)
{
	platform = devicePlatformFind(name);
	return platform ? NULL : "no platform that is known";
}

static const char *setCHeap(const char *value)
{
	char *end;
	cHeapSize = strtoul(value, &end, 10);
	return *end || cHeapSize < 1024 || cHeapSize > 1 << 30 ? "not a number of bytes" : NULL;
}

static const char *setExactRoom(const char *value)
{
	char *end;
	size_t bytes = strtoul(value, &end, 10);
	deviceSetExactRoom(bytes);
	return *end || bytes > 1 << 20 ? "not a number of bytes" : NULL;
}

const char *variantSetOption(const char *option, const char *value)
{
	if (!strcmp(option, "--platform"))
		return setPlatform(value);
	if (!strcmp(option, "--c-heap"))
		return setCHeap(value);
	if (!strcmp(option, "--exact-room"))
		return setExactRoom(value);
	return "unknown option";
}

void variantOpen(void)
{
	if (!platform)
		platform = devicePlatformFind("esp32c3");
	reportSetAbortStatus(restartStatus);
	tcpWindow = platform->window;
	cHeapOpen(cHeapSize ? cHeapSize : platform->cHeap);
	deviceOpenBlock((size_t)platform->staticSize);
}

void variantClose(void)
{
	deviceCloseBlock();
	cHeapClose();
}

void variantSetCreation(xsCreation *creation)
{
	*creation = (xsCreation){
	    .initialChunkSize = platform->chunkInitial,
	    .incrementalChunkSize = platform->chunkIncremental,
	    .initialHeapCount = platform->heapInitial,
	    .incrementalHeapCount = platform->heapIncremental,
	    .stackCount = platform->stack,
	    .initialKeyCount = deviceKeyInitial,
	    .incrementalKeyCount = deviceKeyIncremental,
	    .nameModulo = deviceNameModulo,
	    .symbolModulo = deviceSymbolModulo,
	    .parserBufferSize = deviceParserBuffer,
	    .parserTableModulo = deviceParserTable,
	    .staticSize = platform->staticSize,
	};
}

void variantLink(xsMachine *shared, const char *path)
{
	char found[PATH_MAX];
	if (moduleMapFind(NULL, path, found, sizeof(found)))
		deskLink(shared, found);
}
