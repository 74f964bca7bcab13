// Glue for the native half of TLSContext (native-context.ts). Setters answer with the number of an xstls_error;
// TypeScript makes the exception of it.

#include "tls-context-xs.h"

void xs_xstls_context_destructor(void *data)
{
	xstls_config_release(data);
}

xstls_config *xstls_xs_get_config(xsMachine *the, xsSlot *slot)
{
	xstls_config *config = xsmcGetHostDataValidate(*slot, (void *)xs_xstls_context_destructor);

	if (!config)
		xsTypeError("TLS context is closed");
	return config;
}

void xs_xstls_context_constructor(xsMachine *the)
{
	xstls_config *config = xstls_config_new();

	xsmcSetHostData(xsThis, config);
	xsmcSetInteger(xsResult, config ? TLS_E_NONE : TLS_E_MEMORY);
}

void xs_xstls_context_add_identity(xsMachine *the)
{
	xstls_xs_require(2);
	xstls_xs_bytes chain = xstls_xs_get_bytes(the, &xsArg(0));
	xstls_xs_bytes key = xstls_xs_get_bytes(the, &xsArg(1));
	xstls_config *config = xstls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, xstls_config_add_identity(config, chain.data, chain.length, key.data, key.length));
}

void xs_xstls_context_add_opaque_identity(xsMachine *the)
{
	xstls_xs_require(2);
	xsIntegerValue id = xsmcToInteger(xsArg(1));
	xstls_xs_bytes chain = xstls_xs_get_bytes(the, &xsArg(0));
	xstls_config *config = xstls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, xstls_config_add_opaque_identity(config, chain.data, chain.length, (uint32_t)id));
}

void xs_xstls_context_add_ca(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_xs_bytes ca = xstls_xs_get_bytes(the, &xsArg(0));
	xstls_config *config = xstls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, xstls_config_add_ca(config, ca.data, ca.length));
}

void xs_xstls_context_add_alpn(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_xs_bytes name = xstls_xs_get_bytes(the, &xsArg(0));
	xstls_config *config = xstls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, xstls_config_add_alpn(config, name.data, name.length));
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
