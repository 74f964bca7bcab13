#include "tls-server-hello.h"

#include "tls-hello-reader.h"

enum { ALPN = 16, EXTENDED_MASTER_SECRET = 23 };

static bool parse_alpn(xstls_hello_span body, xstls_hello_span *name)
{
	xstls_reader r = xstls_read_span(body), list = xstls_read_span(xstls_take_vector(&r, 2, 2));

	*name = xstls_take_vector(&list, 1, 1);
	return xstls_is_read(&r) && xstls_is_read(&list);
}

static bool parse_extensions(xstls_reader *r, xstls_server_hello *hello)
{
	xstls_reader list;

	if (r->left == 0 && !r->broken)
		return true; // TLS 1.2 may do without
	list = xstls_read_span(xstls_take_vector(r, 2, 0));
	while (list.left && !list.broken) {
		uint16_t type = (uint16_t)xstls_take_number(&list, 2);
		xstls_hello_span body = xstls_take_vector(&list, 2, 0);

		hello->extended_master_secret |= type == EXTENDED_MASTER_SECRET;
		if (type == ALPN && !parse_alpn(body, &hello->alpn))
			return false;
	}
	return xstls_is_read(r) && xstls_is_read(&list);
}

bool xstls_server_hello_parse(const uint8_t *message, size_t length, xstls_server_hello *hello)
{
	enum { SERVER_HELLO = 2, LENGTH = 3, VERSION = 2, RANDOM = 32, SUITE = 2, COMPRESSION = 1 };
	xstls_reader r = {.at = message, .left = length};

	*hello = (xstls_server_hello){0};
	if (xstls_take_number(&r, 1) != SERVER_HELLO)
		return false;
	xstls_take(&r, LENGTH + VERSION + RANDOM);
	xstls_take_vector(&r, 1, 0); // session id
	xstls_take(&r, SUITE + COMPRESSION);
	return parse_extensions(&r, hello);
}
