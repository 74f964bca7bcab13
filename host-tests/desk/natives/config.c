// --config KEY=VALUE, and the object that mc/config makes of it.

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "xsmc.h"

enum { maximumPairs = 64 };

static const char *pairs[maximumPairs];
static unsigned pairCount = 0;

void deskAddConfig(const char *pair)
{
	if (pairCount == maximumPairs) {
		fprintf(stderr, "desk: more than %d times --config\n", maximumPairs);
		exit(1);
	}
	pairs[pairCount++] = pair;
}

// Numbers and booleans become what they look like, as they would in a manifest's "config".
static void convert(xsMachine *the, xsSlot *result, const char *value)
{
	char *end;
	double number = strtod(value, &end);
	if (*value && !*end)
		fxNumber(the, result, number);
	else if (!strcmp(value, "true") || !strcmp(value, "false"))
		fxBoolean(the, result, *value == 't');
	else
		fxString(the, result, (xsStringValue)value);
}

void xs_desk_config(xsMachine *the)
{
	xsmcVars(1);
	xsmcSetNewObject(xsResult);
	for (unsigned i = 0; i < pairCount; i++) {
		const char *equals = strchr(pairs[i], '=');
		char *key = strndup(pairs[i], (size_t)(equals - pairs[i]));
		xsIdentifier id = xsID(key);
		free(key);
		convert(the, &xsVar(0), equals + 1);
		xsmcSet(xsResult, id, xsVar(0));
	}
}
