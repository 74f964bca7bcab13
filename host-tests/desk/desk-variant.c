// A desk has memory enough.

#include <malloc.h>
#include <stdlib.h>

#include "common/charged.h"
#include "common/report.h"
#include "common/variant.h"
#include "natives/desk.h"
#include "xs/xs-host.h"

#if defined(__SANITIZE_ADDRESS__)
// gcc has no header for it.
size_t __sanitizer_get_current_allocated_bytes(void);
#endif

const char variantUsage[] = "  --heap BYTES          what XS may take for chunks and slots (default 536870912)\n";

const char *variantSetOption(const char *option, const char *value)
{
	char *end;
	unsigned long bytes = strtoul(value, &end, 10);
	if (strcmp(option, "--heap"))
		return "unknown option";
	if (!*value || *end || bytes < 1 || bytes > INT32_MAX)
		return "not a number of bytes";
	reportSetHeapLimit(bytes);
	return NULL;
}

void variantOpen(void)
{
}

void variantClose(void)
{
}

void variantSetCreation(xsCreation *creation)
{
	(void)creation;
}

bool chargedSet(bool charged)
{
	return charged;
}

void variantLink(xsMachine *shared, const char *path)
{
	(void)shared, (void)path;
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

// memory(), as it was before the object was made.
void xs_desk_memory(xsMachine *the)
{
	size_t chunks, slots;
	double heap = (double)the->heapBytes, allocated = countAllocated();
	deskHeapFigures(the, &chunks, &slots);
	xsmcSetNewObject(xsResult);
	deskAddFigures(the, &xsResult,
	               (DeskFigure[]){{"chunks", (double)chunks},
	                              {"slots", (double)slots},
	                              {"heap", heap},
	                              {"allocated", allocated - heap},
	                              {NULL, 0}});
}
