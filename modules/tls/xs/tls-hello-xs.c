// Glue for the part of Session that chooses an identity (session.ts, client-hello.ts).

#include "tls-context-xs.h"
#include "tls-session-xs.h"

void xs_xstls_session_ask_identity(xsMachine *the)
{
	xstls_session_ask_identity(xstls_xs_get_session(the));
}

void xs_xstls_session_use(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_config *config = xstls_xs_get_config(the, &xsArg(0));

	xsmcSetBoolean(xsResult, xstls_session_use(xstls_xs_get_session(the), config));
}

void xs_xstls_session_handshake_memory(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_config *config = xstls_xs_get_config(the, &xsArg(0));

	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_session_handshake_memory(xstls_xs_get_session(the), config));
}

void xs_xstls_session_remaining_memory(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_session_remaining_memory(xstls_xs_get_session(the)));
}

void xs_xstls_session_hello_length(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_session_hello_length(xstls_xs_get_session(the)));
}

void xs_xstls_session_refuse(xsMachine *the)
{
	xstls_session_refuse(xstls_xs_get_session(the));
}

static xstls_hello_span get_span(const xstls_hello *hello, xsIntegerValue field)
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

// A list of the ClientHello by number, in the order of client-hello.ts, as many bytes of it as are wanted at most:
// clients make it 8 kB long. Undefined when there is none.
void xs_xstls_session_hello(xsMachine *the)
{
	xstls_xs_require(2);
	xsIntegerValue field = xsmcToInteger(xsArg(0)), most = xsmcToInteger(xsArg(1));
	const xstls_hello *hello = xstls_session_hello(xstls_xs_get_session(the));
	xstls_hello_span span;

	if (!hello)
		return;
	span = get_span(hello, field);
	if (span.data && most >= 0)
		xsmcSetArrayBuffer(xsResult, (void *)span.data,
		                   span.length < (size_t)most ? (xsIntegerValue)span.length : most);
}
