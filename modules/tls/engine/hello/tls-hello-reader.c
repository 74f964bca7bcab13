#include "tls-hello-reader.h"

xstls_hello_span xstls_take(xstls_reader *r, size_t count)
{
	xstls_hello_span span = {r->at, count};

	if (r->broken || count > r->left) {
		r->broken = true;
		return (xstls_hello_span){0};
	}
	r->at += count;
	r->left -= count;
	return span;
}

size_t xstls_take_number(xstls_reader *r, size_t width)
{
	xstls_hello_span bytes = xstls_take(r, width);
	size_t number = 0;

	for (size_t i = 0; i < bytes.length; i++)
		number = number << 8 | bytes.data[i];
	return number;
}

xstls_hello_span xstls_take_vector(xstls_reader *r, size_t width, size_t least)
{
	xstls_hello_span span = xstls_take(r, xstls_take_number(r, width));

	if (span.length < least)
		r->broken = true;
	return span;
}

xstls_reader xstls_read_span(xstls_hello_span span)
{
	return (xstls_reader){.at = span.data, .left = span.length};
}

bool xstls_is_read(const xstls_reader *r)
{
	return !r->broken && r->left == 0;
}
