// trace(...) as in the SDK, and the part of console that everybody uses.

#include "console.h"

#include <stdio.h>

#include "xsmc.h"

// A string may hold anything, and reading the next argument moves it: each is written before the next is converted.
static void print(xsMachine *the, FILE *stream, const char *between)
{
	int count = xsmcArgc;
	for (int i = 0; i < count; i++) {
		if (i)
			fputs(between, stream);
		fputs(xsmcToString(xsArg(i)), stream);
	}
}

static void trace(xsMachine *the)
{
	print(the, stdout, "");
	fflush(stdout);
}

static void logLine(xsMachine *the)
{
	print(the, stdout, " ");
	fputc('\n', stdout);
	fflush(stdout);
}

static void errorLine(xsMachine *the)
{
	print(the, stderr, " ");
	fputc('\n', stderr);
}

void deskDefineConsole(xsMachine *the)
{
	static const struct {
		const char *name;
		xsCallback callback;
	} members[] = {{"log", logLine}, {"info", logLine}, {"debug", logLine}, {"warn", errorLine}, {"error", errorLine}};
	xsmcVars(2);
	xsVar(0) = xsNewHostFunction(trace, 1);
	xsmcDefine(xsGlobal, xsID("trace"), xsVar(0), xsDontEnum);
	xsVar(0) = xsNewObject();
	for (unsigned i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		xsVar(1) = xsNewHostFunction(members[i].callback, 1);
		xsmcDefine(xsVar(0), xsID(members[i].name), xsVar(1), xsDontEnum);
	}
	xsmcDefine(xsGlobal, xsID("console"), xsVar(0), xsDontEnum);
}
