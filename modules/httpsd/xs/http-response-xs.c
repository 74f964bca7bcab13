// Glue for responses that are made in C (message/response-head.ts).

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "xsmc.h"

// The parameters, in the order in which they are sent, with the content's length behind TYPE.
enum {
	START, // the status line and fields, each with its CRLF
	DATE,
	FIELDS,
	TYPE,   // the value of Content-Type
	BEHIND, // fields
	CONTENT,
	PARAMETERS
};

enum { LENGTH_CAPACITY = 40 };

static const char typeName[] = "content-type: ";
static const char lineEnd[] = "\r\n";

// What is absent is empty.
static bool is_there(xsMachine *the, unsigned at)
{
	return xsmcTypeOf(xsArg(at)) != xsUndefinedType;
}

static size_t length_of(xsMachine *the, unsigned at)
{
	return is_there(the, at) ? strlen(xsmcToString(xsArg(at))) : 0;
}

static uint8_t *put(uint8_t *to, const char *text, size_t length)
{
	memcpy(to, text, length);
	return to + length;
}

// In place: a string may have moved since its length was taken.
static uint8_t *put_parameter(xsMachine *the, uint8_t *to, unsigned at, size_t length)
{
	return length > 0 ? put(to, xsmcToString(xsArg(at)), length) : to;
}

// text, number: whether it is US-ASCII, not empty and no longer. XS keeps a NUL as two bytes that are not.
void xs_xstls_http_response_is_short(xsMachine *the)
{
	if (xsmcArgc < 2)
		xsTypeError("Parameter missing");
	xsIntegerValue left = xsmcToInteger(xsArg(1));
	const char *text = xsmcToString(xsArg(0));

	const char *at = text;

	while (left > 0 && *at && !(*at & 0x80))
		at++, left--;
	xsmcSetBoolean(xsResult, at > text && !*at);
}

void xs_xstls_http_response_write(xsMachine *the)
{
	size_t lengths[PARAMETERS], all = 0;
	char length[LENGTH_CAPACITY];
	uint8_t *to;

	if (xsmcArgc < PARAMETERS)
		xsTypeError("Parameter missing");
	for (unsigned at = 0; at < PARAMETERS; at++)
		all += lengths[at] = length_of(the, at);
	if (is_there(the, TYPE))
		all += strlen(typeName) + strlen(lineEnd);
	all += (size_t)snprintf(length, sizeof(length), "content-length: %lu\r\n", (unsigned long)lengths[CONTENT]);
	all += strlen(lineEnd);
	to = xsmcSetArrayBuffer(xsResult, NULL, (xsIntegerValue)all);
	for (unsigned at = START; at < TYPE; at++)
		to = put_parameter(the, to, at, lengths[at]);
	if (is_there(the, TYPE)) {
		to = put(to, typeName, strlen(typeName));
		to = put_parameter(the, to, TYPE, lengths[TYPE]);
		to = put(to, lineEnd, strlen(lineEnd));
	}
	to = put(to, length, strlen(length));
	to = put_parameter(the, to, BEHIND, lengths[BEHIND]);
	to = put(to, lineEnd, strlen(lineEnd));
	put_parameter(the, to, CONTENT, lengths[CONTENT]);
}
