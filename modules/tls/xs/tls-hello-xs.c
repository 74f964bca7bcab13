// Glue for the part of Session that chooses an identity (session.ts, client-hello.ts).

#include "tls-context-xs.h"
#include "tls-session-xs.h"

void xs_tls_session_ask_identity(xsMachine *the)
{
	tls_session_ask_identity(tls_xs_get_session(the));
}

void xs_tls_session_use(xsMachine *the)
{
	tls_xs_require(1);
	tls_config *config = tls_xs_get_config(the, &xsArg(0));

	xsmcSetBoolean(xsResult, tls_session_use(tls_xs_get_session(the), config));
}

void xs_tls_session_refuse(xsMachine *the)
{
	tls_session_refuse(tls_xs_get_session(the));
}

static tls_hello_span get_span(const tls_hello *hello, xsIntegerValue field)
{
	switch (field) {
	case 0:
		return hello->server_name;
	case 1:
		return hello->alpn;
	case 2:
		return hello->versions;
	case 3:
		return hello->ciphers;
	case 4:
		return hello->groups;
	case 5:
		return hello->signature_algorithms;
	default:
		return hello->signature_algorithms_cert;
	}
}

// A list of the ClientHello by number, in the order of client-hello.ts; undefined when there is none.
void xs_tls_session_hello(xsMachine *the)
{
	tls_xs_require(1);
	xsIntegerValue field = xsmcToInteger(xsArg(0));
	const tls_hello *hello = tls_session_hello(tls_xs_get_session(the));
	tls_hello_span span;

	if (!hello)
		return;
	span = get_span(hello, field);
	if (span.data)
		xsmcSetArrayBuffer(xsResult, (void *)span.data, (xsIntegerValue)span.length);
}
