// Glue for the characters of a text (characters.ts).

#include <stdbool.h>
#include <stddef.h>

#include "xsmc.h"

#include "text-characters.h"

// text, ranges, others
void xs_xstls_text_has_only(xsMachine *the)
{
	if (xsmcArgc < 3)
		xsTypeError("Parameter missing");
	bool others = xsmcToBoolean(xsArg(2));

	// What is made a text of may move what was one, so both are made before either is looked at.
	xsmcToString(xsArg(0));
	xsmcToString(xsArg(1));
	xsmcSetBoolean(xsResult, xstls_text_has_only(xsmcToString(xsArg(0)), xsmcToString(xsArg(1)), others));
}

// text
void xs_xstls_text_check_escapes(xsMachine *the)
{
	if (xsmcArgc < 1)
		xsTypeError("Parameter missing");
	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_text_check_escapes(xsmcToString(xsArg(0))));
}
