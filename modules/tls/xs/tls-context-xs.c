// Glue for the native half of TLSContext (native-context.ts). Setters answer with the number of an xstls_error;
// TypeScript makes the exception of it.

#include "tls-context-xs.h"

void xs_xstls_context_destructor(void *data)
{
	xstls_config_release(data);
}

xstls_config *xstls_xs_get_config(xsMachine *the, xsSlot *slot)
{
	return xstls_xs_get_host(the, slot, xs_xstls_context_destructor, "TLS context is closed");
}

void xstls_xs_set_bytes(xsMachine *the, xstls_error (*set)(xstls_config *, const uint8_t *, size_t))
{
	xstls_xs_require(1);
	xstls_xs_bytes bytes = xstls_xs_get_bytes(the, &xsArg(0));
	xstls_config *config = xstls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, set(config, bytes.data, bytes.length));
}

void xstls_xs_set_two_bytes(xsMachine *the,
                            xstls_error (*set)(xstls_config *, const uint8_t *, size_t, const uint8_t *, size_t))
{
	xstls_xs_require(2);
	xstls_xs_bytes first = xstls_xs_get_bytes(the, &xsArg(0));
	xstls_xs_bytes second = xstls_xs_get_bytes(the, &xsArg(1));
	xstls_config *config = xstls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, set(config, first.data, first.length, second.data, second.length));
}

void xstls_xs_construct(xsMachine *the, void *data)
{
	xsmcSetHostData(xsThis, data);
	xsmcSetInteger(xsResult, data ? TLS_E_NONE : TLS_E_MEMORY);
}

void xs_xstls_context_constructor(xsMachine *the)
{
	xstls_xs_construct(the, xstls_config_new());
}

void xs_xstls_context_add_identity(xsMachine *the)
{
	xstls_xs_set_two_bytes(the, xstls_config_add_identity);
}

void xs_xstls_context_add_opaque_identity(xsMachine *the)
{
	xstls_xs_require(2);
	xsIntegerValue id = xsmcToInteger(xsArg(1));
	xstls_xs_bytes chain = xstls_xs_get_bytes(the, &xsArg(0));
	xstls_config *config = xstls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, xstls_config_add_opaque_identity(config, chain.data, chain.length, (uint32_t)id));
}

void xs_xstls_context_allow_weak_identity(xsMachine *the)
{
	xsmcSetInteger(xsResult, xstls_config_allow_weak_identity(xstls_xs_get_config(the, &xsThis)));
}

void xs_xstls_context_add_ca(xsMachine *the)
{
	xstls_xs_set_bytes(the, xstls_config_add_ca);
}

void xs_xstls_context_add_alpn(xsMachine *the)
{
	xstls_xs_set_bytes(the, xstls_config_add_alpn);
}

void xs_xstls_context_set_versions(xsMachine *the)
{
	xstls_xs_require(2);
	xsIntegerValue lowest = xsmcToInteger(xsArg(0));
	xsIntegerValue highest = xsmcToInteger(xsArg(1));
	xstls_config *config = xstls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, xstls_config_set_versions(config, (uint16_t)lowest, (uint16_t)highest));
}

void xs_xstls_context_set_verify(xsMachine *the)
{
	xstls_xs_require(2);
	xsIntegerValue role = xsmcToInteger(xsArg(0));
	xsIntegerValue verify = xsmcToInteger(xsArg(1));
	xstls_config *config = xstls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, xstls_config_set_verify(config, (xstls_role)role, (xstls_verify)verify));
}

void xs_xstls_context_seal(xsMachine *the)
{
	xsmcSetInteger(xsResult, xstls_config_seal(xstls_xs_get_config(the, &xsThis)));
}

void xs_xstls_context_handshake_memory(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_config_handshake_memory(xstls_xs_get_config(the, &xsThis)));
}

void xs_xstls_context_library_error(xsMachine *the)
{
	xsmcSetInteger(xsResult, xstls_config_library_error(xstls_xs_get_config(the, &xsThis)));
}
