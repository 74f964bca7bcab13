// Glue for the native half of TLSContext (native-context.ts). Setters answer with the number of a tls_error;
// TypeScript makes the exception of it.

#include "tls-context-xs.h"

void xs_tls_context_destructor(void *data)
{
	tls_config_release(data);
}

tls_config *tls_xs_get_config(xsMachine *the, xsSlot *slot)
{
	tls_config *config = xsmcGetHostDataValidate(*slot, (void *)xs_tls_context_destructor);

	if (!config)
		xsTypeError("TLS context is closed");
	return config;
}

void xs_tls_context_constructor(xsMachine *the)
{
	tls_config *config = tls_config_new();

	xsmcSetHostData(xsThis, config);
	xsmcSetInteger(xsResult, config ? TLS_E_NONE : TLS_E_MEMORY);
}

void xs_tls_context_add_identity(xsMachine *the)
{
	tls_xs_require(2);
	tls_xs_bytes chain = tls_xs_get_bytes(the, &xsArg(0));
	tls_xs_bytes key = tls_xs_get_bytes(the, &xsArg(1));
	tls_config *config = tls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, tls_config_add_identity(config, chain.data, chain.length, key.data, key.length));
}

void xs_tls_context_add_opaque_identity(xsMachine *the)
{
	tls_xs_require(2);
	xsIntegerValue id = xsmcToInteger(xsArg(1));
	tls_xs_bytes chain = tls_xs_get_bytes(the, &xsArg(0));
	tls_config *config = tls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, tls_config_add_opaque_identity(config, chain.data, chain.length, (uint32_t)id));
}

void xs_tls_context_add_ca(xsMachine *the)
{
	tls_xs_require(1);
	tls_xs_bytes ca = tls_xs_get_bytes(the, &xsArg(0));
	tls_config *config = tls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, tls_config_add_ca(config, ca.data, ca.length));
}

void xs_tls_context_add_alpn(xsMachine *the)
{
	tls_xs_require(1);
	tls_xs_bytes name = tls_xs_get_bytes(the, &xsArg(0));
	tls_config *config = tls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, tls_config_add_alpn(config, name.data, name.length));
}

void xs_tls_context_set_versions(xsMachine *the)
{
	tls_xs_require(2);
	xsIntegerValue lowest = xsmcToInteger(xsArg(0));
	xsIntegerValue highest = xsmcToInteger(xsArg(1));
	tls_config *config = tls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, tls_config_set_versions(config, (uint16_t)lowest, (uint16_t)highest));
}

void xs_tls_context_set_verify(xsMachine *the)
{
	tls_xs_require(2);
	xsIntegerValue role = xsmcToInteger(xsArg(0));
	xsIntegerValue verify = xsmcToInteger(xsArg(1));
	tls_config *config = tls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, tls_config_set_verify(config, (tls_role)role, (tls_verify)verify));
}

void xs_tls_context_seal(xsMachine *the)
{
	xsmcSetInteger(xsResult, tls_config_seal(tls_xs_get_config(the, &xsThis)));
}

void xs_tls_context_library_error(xsMachine *the)
{
	xsmcSetInteger(xsResult, tls_config_library_error(tls_xs_get_config(the, &xsThis)));
}
