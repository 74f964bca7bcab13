// Glue for request heads that are read in C (message/native-head.ts).

#include <string.h>

#include "xsmc.h"

#include "http-head.h"

typedef struct {
	const uint8_t *data;
	xsUnsignedValue length;
} head_bytes;

// In place: valid until XS allocates.
static head_bytes get_bytes(xsMachine *the, xsSlot *slot)
{
	head_bytes bytes;
	void *data;

	xsmcGetBufferReadable(*slot, &data, &bytes.length);
	bytes.data = data;
	return bytes;
}

// The numbers of a head in one: read by native-head.ts.
enum {
	LENGTH_BITS = 14,
	COUNT_BITS = 8,
	COUNT = LENGTH_BITS,
	IS_OTHER_METHOD = 1 << 22,
	IS_1_0 = 1 << 23,
	HAS_QUERY = 1 << 24,
	HAS_LENGTH = 1 << 25,
	KEEP_ALIVE = 1 << 26,
	IS_WHOLE = 1 << 27
};

static xsIntegerValue pack(const xstls_http_head *head, size_t length)
{
	if (head->length >> LENGTH_BITS || head->count >> COUNT_BITS)
		return 0;
	return (xsIntegerValue)(head->length | head->count << COUNT) | (head->is_get ? 0 : IS_OTHER_METHOD) |
	       (head->is_1_0 ? IS_1_0 : 0) | (head->has_query ? HAS_QUERY : 0) | (head->has_length ? HAS_LENGTH : 0) |
	       (head->keep_alive ? KEEP_ALIVE : 0) | (head->length == length ? IS_WHOLE : 0);
}

// Two buffers.
void xs_xstls_http_head_is_same(xsMachine *the)
{
	if (xsmcArgc < 2)
		xsTypeError("Parameter missing");
	head_bytes a = get_bytes(the, &xsArg(0)), b = get_bytes(the, &xsArg(1));

	xsmcSetBoolean(xsResult, a.length == b.length && memcmp(a.data, b.data, a.length) == 0);
}

// bytes, limits: of the request line, of all field lines, their number.
void xs_xstls_http_head_read(xsMachine *the)
{
	if (xsmcArgc < 4)
		xsTypeError("Parameter missing");
	xstls_http_limits limits = {
	    .request_line = (size_t)xsmcToInteger(xsArg(1)),
	    .fields = (size_t)xsmcToInteger(xsArg(2)),
	    .count = (size_t)xsmcToInteger(xsArg(3)),
	};
	head_bytes bytes = get_bytes(the, &xsArg(0));
	xstls_http_head head;

	xsmcSetInteger(xsResult, xstls_http_head_read(bytes.data, bytes.length, &limits, &head) ? pack(&head, bytes.length) : 0);
}

// To make a string may move the bytes.
static void set_string(xsMachine *the, xstls_http_span span)
{
	xsmcSetStringBuffer(xsResult, NULL, (xsIntegerValue)span.length);
	memcpy(xsmcToString(xsResult), get_bytes(the, &xsArg(0)).data + span.at, span.length);
}

// bytes, number of the word.
void xs_xstls_http_head_word(xsMachine *the)
{
	if (xsmcArgc < 2)
		xsTypeError("Parameter missing");
	xsIntegerValue word = xsmcToInteger(xsArg(1));
	head_bytes bytes = get_bytes(the, &xsArg(0));

	set_string(the, xstls_http_head_word(bytes.data, bytes.length, (unsigned)word));
}

// bytes, name in lower case. undefined without such a field, null when it has several lines.
void xs_xstls_http_head_find(xsMachine *the)
{
	if (xsmcArgc < 2)
		xsTypeError("Parameter missing");
	const char *name = xsmcToString(xsArg(1));
	head_bytes bytes = get_bytes(the, &xsArg(0));
	xstls_http_span value;

	switch (xstls_http_head_find(bytes.data, bytes.length, name, &value)) {
	case 0:
		break;
	case 1:
		set_string(the, value);
		break;
	default:
		xsmcSetNull(xsResult);
	}
}
