#include "tls-hello-parts.h"

xstls_hello_parts xstls_hello_take_apart(const uint8_t *message, size_t length)
{
	enum { MESSAGE_HEADER = 4, RANDOM = 32 };
	xstls_reader r = {.at = message, .left = length};
	xstls_hello_parts parts;

	xstls_take(&r, MESSAGE_HEADER);
	parts.legacy_version = (uint16_t)xstls_take_number(&r, 2);
	parts.start.data = r.at;
	xstls_take(&r, RANDOM);
	xstls_take_vector(&r, 1, 0); // session id
	xstls_take_vector(&r, 2, 0); // cipher suites
	parts.compressions = xstls_take_vector(&r, 1, 0);
	parts.start.length = (size_t)(r.at - parts.start.data);
	parts.extensions = xstls_read_span(xstls_take_vector(&r, 2, 0));
	return parts;
}

bool xstls_hello_next_extension(xstls_reader *extensions, xstls_hello_extension *extension)
{
	if (extensions->left == 0 || extensions->broken)
		return false;
	extension->whole.data = extensions->at;
	extension->type = (uint16_t)xstls_take_number(extensions, 2);
	extension->body = xstls_take_vector(extensions, 2, 0);
	extension->whole.length = (size_t)(extensions->at - extension->whole.data);
	return !extensions->broken;
}

xstls_reader xstls_hello_shares(const uint8_t *message, size_t length)
{
	xstls_hello_parts parts = xstls_hello_take_apart(message, length);
	xstls_hello_extension extension;
	xstls_reader r;

	while (xstls_hello_next_extension(&parts.extensions, &extension)) {
		if (extension.type != TLS_HELLO_KEY_SHARE)
			continue;
		r = xstls_read_span(extension.body);
		return xstls_read_span(xstls_take_vector(&r, 2, 0));
	}
	return (xstls_reader){0};
}
