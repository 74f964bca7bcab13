// Glue for responses that are made in C (message/response-head.ts).

#include <stdbool.h>
#include <stdint.h>
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
	PARTS,
	MOST = PARTS, // where it is there: no content that is not a short text of so many characters is sent
	PARAMETERS
};

enum { DECIMAL_CAPACITY = 20 };

static const char typeName[] = "content-type: ";
static const char lengthName[] = "content-length: ";
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

// Writes it before `end`. snprintf() would take a tenth of all that a small response does.
static const char *decimal(size_t number, char *end)
{
	do
		*--end = (char)('0' + number % 10);
	while (number /= 10);
	return end;
}

// Whether it is US-ASCII, not empty and no longer. XS keeps a NUL as two bytes that are not.
static bool is_short(const char *text, xsIntegerValue left)
{
	const char *at = text;

	while (left > 0 && *at && !(*at & 0x80))
		at++, left--;
	return at > text && !*at;
}

// text, number.
void xs_xstls_http_response_is_short(xsMachine *the)
{
	if (xsmcArgc < 2)
		xsTypeError("Parameter missing");
	xsIntegerValue most = xsmcToInteger(xsArg(1));

	xsmcSetBoolean(xsResult, is_short(xsmcToString(xsArg(0)), most));
}

void xs_xstls_http_response_write(xsMachine *the)
{
	size_t lengths[PARTS], digits, all = 0;
	char buffer[DECIMAL_CAPACITY];
	const char *decimals;
	uint8_t *to;

	if (xsmcArgc < PARAMETERS)
		xsTypeError("Parameter missing");
	if (is_there(the, MOST)) {
		xsIntegerValue most = xsmcToInteger(xsArg(MOST));

		if (!is_short(xsmcToString(xsArg(CONTENT)), most))
			return;
	}
	for (unsigned at = 0; at < PARTS; at++)
		all += lengths[at] = length_of(the, at);
	decimals = decimal(lengths[CONTENT], buffer + DECIMAL_CAPACITY);
	digits = (size_t)(buffer + DECIMAL_CAPACITY - decimals);
	if (is_there(the, TYPE))
		all += strlen(typeName) + strlen(lineEnd);
	all += strlen(lengthName) + digits + 2 * strlen(lineEnd);
	to = xsmcSetArrayBuffer(xsResult, NULL, (xsIntegerValue)all);
	for (unsigned at = START; at < TYPE; at++)
		to = put_parameter(the, to, at, lengths[at]);
	if (is_there(the, TYPE)) {
		to = put(to, typeName, strlen(typeName));
		to = put_parameter(the, to, TYPE, lengths[TYPE]);
		to = put(to, lineEnd, strlen(lineEnd));
	}
	to = put(to, lengthName, strlen(lengthName));
	to = put(to, decimals, digits);
	to = put(to, lineEnd, strlen(lineEnd));
	to = put_parameter(the, to, BEHIND, lengths[BEHIND]);
	to = put(to, lineEnd, strlen(lineEnd));
	put_parameter(the, to, CONTENT, lengths[CONTENT]);
}
