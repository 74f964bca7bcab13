#include "report.h"

#include <stdarg.h>
#include <stdio.h>

enum { defaultHeapLimit = 512 << 20 };

static bool exiting = false;
static int exitCode = 0;
static int abortStatus = 1;
static const char *phase = "";
static size_t heapLimit = defaultHeapLimit;

void reportFatal(const char *format, ...)
{
	va_list arguments;
	fflush(stdout);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exiting = true;
	exitCode = 1;
}

void reportAbort(const char *message)
{
	reportFatal("%s", message);
	exitCode = abortStatus;
}

void reportSetAbortStatus(int status)
{
	abortStatus = status;
}

void reportSetPhase(const char *now)
{
	phase = now;
}

const char *reportPhase(void)
{
	return phase;
}

void reportExit(int code)
{
	if (exiting)
		return;
	exiting = true;
	exitCode = code;
}

bool reportIsExiting(void)
{
	return exiting;
}

int reportExitCode(void)
{
	return exitCode;
}

void reportSetHeapLimit(size_t bytes)
{
	heapLimit = bytes;
}

size_t reportHeapLimit(void)
{
	return heapLimit;
}
