#include "tls-assembly.h"

#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/tls-alloc.h"

bool tls_assembly_is_empty(const tls_assembly *a)
{
	return a->header_length == 0;
}

bool tls_assembly_has_header(const tls_assembly *a)
{
	return a->header_length == a->header_size;
}

bool tls_assembly_is_whole(const tls_assembly *a)
{
	return tls_assembly_has_header(a) && a->filled == a->length;
}

static size_t take(uint8_t *into, size_t room, const uint8_t *data, size_t length)
{
	size_t count = length < room ? length : room;

	if (count && into)
		memcpy(into, data, count);
	return count;
}

size_t tls_assembly_take_header(tls_assembly *a, const uint8_t *data, size_t length)
{
	size_t count = take(a->header + a->header_length, a->header_size - a->header_length, data, length);

	a->header_length += (uint8_t)count;
	return count;
}

size_t tls_assembly_take_body(tls_assembly *a, const uint8_t *data, size_t length)
{
	size_t count = take(a->body ? a->body + a->filled : NULL, a->length - a->filled, data, length);

	a->filled += count;
	return count;
}

void tls_assembly_skip_body(tls_assembly *a, size_t length)
{
	a->length = length;
}

bool tls_assembly_begin_body(tls_assembly *a, size_t length)
{
	if (length == 0)
		return true;
	a->body = tls_calloc(1, length);
	if (!a->body)
		return false;
	a->length = length;
	return true;
}

void tls_assembly_clear(tls_assembly *a)
{
	if (a->body)
		mbedtls_platform_zeroize(a->body, a->length);
	tls_free(a->body);
	*a = (tls_assembly){.header_size = a->header_size};
}
