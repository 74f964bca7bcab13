#include "tls-assembly.h"

#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/tls-alloc.h"

bool xstls_assembly_is_empty(const xstls_assembly *a)
{
	return a->header_length == 0;
}

bool xstls_assembly_has_header(const xstls_assembly *a)
{
	return a->header_length == a->header_size;
}

bool xstls_assembly_is_whole(const xstls_assembly *a)
{
	return xstls_assembly_has_header(a) && a->filled == a->length;
}

static size_t take(uint8_t *into, size_t room, const uint8_t *data, size_t length)
{
	size_t count = length < room ? length : room;

	if (count && into)
		memcpy(into, data, count);
	return count;
}

size_t xstls_assembly_take_header(xstls_assembly *a, const uint8_t *data, size_t length)
{
	size_t count = take(a->header + a->header_length, a->header_size - a->header_length, data, length);

	a->header_length += (uint8_t)count;
	return count;
}

void xstls_assembly_untake_header(xstls_assembly *a)
{
	a->header_length--;
}

size_t xstls_assembly_take_body(xstls_assembly *a, const uint8_t *data, size_t length)
{
	size_t count = take(a->body ? a->body + a->filled : NULL, a->length - a->filled, data, length);

	a->filled += count;
	return count;
}

void xstls_assembly_skip_body(xstls_assembly *a, size_t length)
{
	a->length = length;
}

bool xstls_assembly_begin_body(xstls_assembly *a, size_t length)
{
	if (length == 0)
		return true;
	a->body = xstls_calloc(1, length);
	if (!a->body)
		return false;
	a->length = length;
	return true;
}

void xstls_assembly_clear(xstls_assembly *a)
{
	if (a->body)
		mbedtls_platform_zeroize(a->body, a->length);
	xstls_free(a->body);
	*a = (xstls_assembly){.header_size = a->header_size};
}
