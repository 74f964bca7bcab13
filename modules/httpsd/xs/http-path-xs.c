// Glue for paths that are taken apart in C (routing/path.ts).

#include <stdbool.h>
#include <string.h>

#include "xsmc.h"

static bool is_dot_segment(const char *segment, size_t length)
{
	return (length == 1 || (length == 2 && segment[1] == '.')) && segment[0] == '.';
}

// Where the last segment begins; NULL of a path that is not plain. XS keeps a NUL as two bytes that are not US-ASCII.
static const char *last_of(const char *path)
{
	const char *last = path, *at = path;

	if (*path != '/')
		return NULL;
	for (;; at++) {
		if (*at && *at != '/') {
			if (*at == '%' || *at == '\\' || *at & 0x80)
				return NULL;
			continue;
		}
		if (is_dot_segment(last, (size_t)(at - last)))
			return NULL;
		if (!*at)
			return last;
		last = at + 1;
	}
}

// path, whether its last segment is asked for.
void xs_xstls_http_path_part(xsMachine *the)
{
	if (xsmcArgc < 2)
		xsTypeError("Parameter missing");
	bool is_last = xsmcTest(xsArg(1));
	const char *path = xsmcToString(xsArg(0)), *last = last_of(path);

	if (!last)
		return;
	size_t start = (size_t)(last - path), length = is_last ? strlen(last) : start;

	xsmcSetStringBuffer(xsResult, NULL, (xsIntegerValue)length);
	// To make a string may have moved the path.
	memcpy(xsmcToString(xsResult), xsmcToString(xsArg(0)) + (is_last ? start : 0), length);
}
