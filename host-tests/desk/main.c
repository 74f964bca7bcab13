// desk [OPTION]... MAIN.js: runs a module on XS with the SDK's timers and sockets.

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "common/module-map.h"
#include "common/report.h"
#include "common/variant.h"
#include "desk-module.h"
#include "loop/loop.h"
#include "machine.h"
#include "natives/config.h"
#include "sockets/tcp.h"
#include "storage/flash.h"
#include "storage/resource.h"
#include "xs/xs-host.h"
#include "xsmc.h"

static const char usage[] =
    "usage: desk [OPTION]... MAIN.js\n"
    "  --module PREFIX/=DIR  modules whose specifier begins with PREFIX/ are files of DIR; NAME=FILE is one module\n"
    "  --preload SPECIFIER   a module that runs beforehand and is shared then, as a preloaded one is in flash\n"
    "  --resource [PREFIX=]DIR  folder of resources, for class Resource, whose names begin with PREFIX\n"
    "  --config KEY=VALUE    a value of mc/config\n"
    "  --flash NAME=FILE     a flash partition, for class Flash\n"
    "  --builtins DIR        folder of the SDK's modules in place of the desk's own\n"
    "  --device-heap         XS's heap begins and grows as on an ESP32-C3, so collections are as frequent\n"
    "  --window BYTES        what a socket offers to be written and announces as readable (default 32768)\n"
    "  --gc-stress           collects garbage at every allocation (debug build)\n";

static void fail(const char *message, const char *argument)
{
	fprintf(stderr, "desk: %s: %s\n%s%s", message, argument, usage, variantUsage);
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
		fail("not PREFIX/=DIR or NAME=FILE", mapping);
	*equals = 0;
	moduleMapAdd(mapping, equals + 1);
}

static bool gcStress = false;
static uint32_t window = 0; // 0: the variant's

static void parseValue(const char *option, char *value)
{
	const char *wrong;
	if (!value)
		fail("a value is missing after", option);
	if (!strcmp(option, "--module"))
		addModule(value);
	else if (!strcmp(option, "--preload"))
		machineAddPreload(value);
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
	else if (!strcmp(option, "--window"))
		window = (uint32_t)parseCount(option, value);
	else if ((wrong = variantSetOption(option, value)))
		fail(wrong, option);
}

static const char *parseOptions(char **argument)
{
	for (argument++; *argument && !strncmp(*argument, "--", 2); argument++) {
		if (!strcmp(*argument, "--help")) {
			printf("%s%s", usage, variantUsage);
			exit(0);
		}
		if (!strcmp(*argument, "--gc-stress"))
			gcStress = true;
		else if (!strcmp(*argument, "--device-heap"))
			machineUseDeviceHeap();
		else {
			parseValue(argument[0], argument[1]);
			argument++;
		}
	}
	if (!*argument || argument[1])
		fail("exactly one module is to be run", *argument ? argument[1] : "none is given");
	return *argument;
}

static void runMain(xsMachine *the, const char *path)
{
	reportSetPhase("while the main module starts");
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
	xsMachine *machine;
	(void)argc;
	// What a program writes may hold its keys.
	umask(077);
	variantOpen();
	if (window)
		tcpWindow = window;
	loopOpen();
	loopOnStop(deskStop);
	machine = machineCreate(path);
	if (machine) {
		runMain(machine, path);
		reportSetPhase("while the program runs");
		loopRun();
	}
	// Orderly to the last byte, so that LeakSanitizer tells the truth. Host objects close what they own.
	if (!reportIsExiting())
		reportExit(0);
	fflush(stdout);
	machineDelete(machine);
	variantClose();
	loopClose();
	moduleMapFree();
	return reportExitCode();
}
