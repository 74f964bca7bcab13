#include "tls-hello-psk.h"

#include <string.h>

#include "tls-hello-parts.h"

enum { TICKET_AGE = 4 };

static xstls_hello_span offer_of(const uint8_t *message, size_t length)
{
	xstls_hello_parts parts = xstls_hello_take_apart(message, length);
	xstls_hello_extension extension;

	while (xstls_hello_next_extension(&parts.extensions, &extension))
		if (extension.type == TLS_HELLO_PRE_SHARED_KEY)
			return extension.body;
	return (xstls_hello_span){0};
}

xstls_hello_span xstls_hello_binder(const uint8_t *message, size_t length, xstls_hello_span identity, size_t *truncated)
{
	xstls_reader r = xstls_read_span(offer_of(message, length));
	xstls_reader identities = xstls_read_span(xstls_take_vector(&r, 2, 0)), binders;

	*truncated = r.at ? (size_t)(r.at - message) : 0;
	binders = xstls_read_span(xstls_take_vector(&r, 2, 0));
	while (identities.left && binders.left) {
		xstls_hello_span name = xstls_take_vector(&identities, 2, 0), binder = xstls_take_vector(&binders, 1, 0);

		xstls_take(&identities, TICKET_AGE);
		if (identities.broken || binders.broken)
			break;
		if (name.length == identity.length && memcmp(name.data, identity.data, name.length) == 0)
			return binder;
	}
	return (xstls_hello_span){0};
}
