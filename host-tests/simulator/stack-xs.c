// How deep XS's stack has been: what was painted and is painted still has not been in use.

#include "xsmc.h"
#include "mc.xs.h"

#include <string.h>

#define PAINT 0xa5

/** Paints what lies below the stack now, where garbage collection does not look. */
void xs_stack_paint(xsMachine *the)
{
	memset(the->stackBottom, PAINT, (char *)the->stack - (char *)the->stackBottom);
}

static int is_painted(const xsSlot *slot)
{
	const unsigned char *byte = (const unsigned char *)slot;
	for (size_t i = 0; i < sizeof(xsSlot); i++)
		if (byte[i] != PAINT)
			return 0;
	return 1;
}

/** Slots that have been in use at once since then: those above the longest run that is painted. At the bottom of the
 * stack's memory RegExps keep what they try, as long as there is room, and nothing is missing when there is not. */
void xs_stack_deepest(xsMachine *the)
{
	const xsSlot *deepest = the->stackBottom;
	size_t longest = 0, run = 0;
	for (const xsSlot *slot = the->stackBottom; slot < the->stack; slot++) {
		run = is_painted(slot) ? run + 1 : 0;
		if (run > longest) {
			longest = run;
			deepest = slot + 1;
		}
	}
	xsmcSetInteger(xsResult, (xsIntegerValue)(the->stackTop - deepest));
}

/** Slots that there are. */
void xs_stack_size(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)(the->stackTop - the->stackBottom));
}
