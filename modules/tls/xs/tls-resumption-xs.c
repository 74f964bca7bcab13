// Glue for resumption.ts.

#include "tls-context-xs.h"
#include "tls-session-xs.h"

void xs_xstls_resumption_destructor(void *data)
{
	xstls_resumption_release(data);
}

static xstls_resumption *get_resumption(xsMachine *the, xsSlot *slot)
{
	return xstls_xs_get_host(the, slot, xs_xstls_resumption_destructor, "This is no resumption store");
}

void xs_xstls_resumption_constructor(xsMachine *the)
{
	xstls_xs_require(3);
	xsIntegerValue entries = xsmcToInteger(xsArg(0));
	xsIntegerValue lifetime = xsmcToInteger(xsArg(1));
	bool tickets = xsmcToBoolean(xsArg(2));

	xstls_xs_construct(the, xstls_resumption_new((size_t)entries, (uint32_t)lifetime, tickets));
}

void xs_xstls_resumption_entries(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_resumption_entries(get_resumption(the, &xsThis)));
}

void xs_xstls_resumption_bytes(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_resumption_bytes(get_resumption(the, &xsThis)));
}

// Undefined when there are no tickets.
void xs_xstls_resumption_export_keys(xsMachine *the)
{
	xstls_resumption *resumption = get_resumption(the, &xsThis);
	uint8_t keys[TLS_TICKET_KEYS_EXPORT];
	xstls_error error = xstls_resumption_export_keys(resumption, keys);

	if (error == TLS_E_NONE)
		xsmcSetArrayBuffer(xsResult, keys, sizeof(keys));
	else if (error == TLS_E_RANDOM)
		xsUnknownError("There is no randomness to make ticket keys of");
}

void xs_xstls_resumption_import_keys(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_xs_bytes keys = xstls_xs_get_bytes(the, &xsArg(0));

	xsmcSetInteger(xsResult, xstls_resumption_import_keys(get_resumption(the, &xsThis), keys.data, keys.length));
}

void xs_xstls_context_set_resumption(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_config *config = xstls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, xstls_config_set_resumption(config, get_resumption(the, &xsArg(0))));
}

void xs_xstls_session_is_resumed(xsMachine *the)
{
	xsmcSetBoolean(xsResult, xstls_session_is_resumed(xstls_xs_get_session(the)));
}
