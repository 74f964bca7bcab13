// desk [OPTION]... MAIN.js: runs a module on XS with the SDK's timers and sockets.

#include "desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "loop.h"
#include "module-map.h"
#include "report.h"
#include "tcp.h"

static const char usage[] =
    "usage: desk [OPTION]... MAIN.js\n"
    "  --module PREFIX=DIR   modules whose specifier begins with PREFIX are files of DIR\n"
    "  --resource DIR        folder of resources, for class Resource\n"
    "  --config KEY=VALUE    a value of mc/config\n"
    "  --flash NAME=FILE     a flash partition, for class Flash\n"
    "  --builtins DIR        folder of the SDK's modules in place of the desk's own\n"
    "  --heap BYTES          what XS may take for chunks and slots (default 536870912)\n"
    "  --window BYTES        what a socket offers to be written and announces as readable (default 32768)\n"
    "  --gc-stress           collects garbage at every allocation (debug build)\n";

static void fail(const char *message, const char *argument)
{
	fprintf(stderr, "desk: %s: %s\n%s", message, argument, usage);
	exit(2);
}

static long parseCount(const char *option, const char *value)
{
	char *end;
	long count = strtol(value, &end, 10);
	if (!*value || *end || count < 1 || count > INT32_MAX)
		fail("not a number of bytes", option);
	return count;
}

static void stressGarbageCollection(void)
{
#if defined(mxStress) && mxStress
	extern int gxStress;
	gxStress = 1;
#else
	fail("only the debug build has", "--gc-stress");
#endif
}

static void addModule(char *mapping)
{
	char *equals = strchr(mapping, '=');
	if (!equals || equals == mapping)
		fail("not PREFIX=DIR", mapping);
	*equals = 0;
	moduleMapAdd(mapping, equals + 1);
}

static bool gcStress = false;

static void parseValue(const char *option, char *value)
{
	if (!value)
		fail("a value is missing after", option);
	if (!strcmp(option, "--module"))
		addModule(value);
	else if (!strcmp(option, "--resource"))
		deskAddResources(value);
	else if (!strcmp(option, "--config")) {
		if (!strchr(value, '='))
			fail("not KEY=VALUE", value);
		deskAddConfig(value);
	} else if (!strcmp(option, "--flash")) {
		if (!strchr(value, '='))
			fail("not NAME=FILE", value);
		deskAddFlash(value);
	} else if (!strcmp(option, "--builtins"))
		moduleMapSetBuiltins(value);
	else if (!strcmp(option, "--heap"))
		reportSetHeapLimit((size_t)parseCount(option, value));
	else if (!strcmp(option, "--window"))
		tcpWindow = (uint32_t)parseCount(option, value);
	else
		fail("unknown option", option);
}

static const char *parseOptions(char **argument)
{
	for (argument++; *argument && !strncmp(*argument, "--", 2); argument++) {
		if (!strcmp(*argument, "--help")) {
			fputs(usage, stdout);
			exit(0);
		}
		if (!strcmp(*argument, "--gc-stress"))
			gcStress = true;
		else {
			parseValue(argument[0], argument[1]);
			argument++;
		}
	}
	if (!*argument || argument[1])
		fail("exactly one module is to be run", *argument ? argument[1] : "none is given");
	return *argument;
}

// The built-in objects are in the heap here, in a device's flash: room beside them keeps collections as rare as there.
// A collection at every allocation walks all of the room.
#if defined(mxStress) && mxStress
enum { CHUNKS = 128 * 1024, MORE_CHUNKS = 32 * 1024, SLOTS = 8 * 1024, MORE_SLOTS = 2 * 1024 };
#else
enum { CHUNKS = 8192 * 1024, MORE_CHUNKS = 2048 * 1024, SLOTS = 256 * 1024, MORE_SLOTS = 64 * 1024 };
#endif

static xsMachine *createMachine(void)
{
	xsCreation creation = {
	    .initialChunkSize = CHUNKS,
	    .incrementalChunkSize = MORE_CHUNKS,
	    .initialHeapCount = SLOTS,
	    .incrementalHeapCount = MORE_SLOTS,
	    .stackCount = 4096,
	    .initialKeyCount = 2048,
	    .incrementalKeyCount = 512,
	    .nameModulo = 1993,
	    .symbolModulo = 127,
	    .parserBufferSize = 64 * 1024,
	    .parserTableModulo = 1993,
	    .staticSize = 0,
	};
	return xsCreateMachine(&creation, "desk", NULL);
}

static void runMain(xsMachine *the, const char *path)
{
	xsBeginHost(the);
	deskDefineNatives(the);
	deskDefineConsole(the);
	xsEndHost(the);
	if (gcStress)
		stressGarbageCollection();
	xsBeginHost(the);
	deskImport(the, path, deskMainLoaded, deskMainFailed);
	deskRunPromiseJobs(the);
	xsEndHost(the);
}

int main(int argc, char **argv)
{
	const char *path = parseOptions(argv);
	xsMachine *machine = createMachine();
	(void)argc;
	if (!machine) {
		fprintf(stderr, "desk: no memory for XS\n");
		return 1;
	}
	// What a program writes may hold its keys.
	umask(077);
	loopOpen();
	loopOnStop(deskStop);
	runMain(machine, path);
	loopRun();
	// Orderly to the last byte, so that LeakSanitizer tells the truth. Host objects close what they own.
	if (!reportIsExiting())
		reportExit(0);
	fflush(stdout);
	xsDeleteMachine(machine);
	loopClose();
	moduleMapFree();
	return reportExitCode();
}
