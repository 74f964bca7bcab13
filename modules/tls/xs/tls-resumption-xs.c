// Glue for resumption.ts.

#include "tls-context-xs.h"
#include "tls-session-xs.h"

void xs_tls_resumption_destructor(void *data)
{
	tls_resumption_release(data);
}

static tls_resumption *get_resumption(xsSlot *slot, xsMachine *the)
{
	tls_resumption *resumption = xsmcGetHostDataValidate(*slot, (void *)xs_tls_resumption_destructor);

	if (!resumption)
		xsTypeError("This is no resumption store");
	return resumption;
}

void xs_tls_resumption_constructor(xsMachine *the)
{
	tls_xs_require(3);
	xsIntegerValue entries = xsmcToInteger(xsArg(0));
	xsIntegerValue lifetime = xsmcToInteger(xsArg(1));
	bool tickets = xsmcToBoolean(xsArg(2));
	tls_resumption *resumption = tls_resumption_new((size_t)entries, (uint32_t)lifetime, tickets);

	xsmcSetHostData(xsThis, resumption);
	xsmcSetInteger(xsResult, resumption ? TLS_E_NONE : TLS_E_MEMORY);
}

void xs_tls_resumption_entries(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)tls_resumption_entries(get_resumption(&xsThis, the)));
}

void xs_tls_resumption_bytes(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)tls_resumption_bytes(get_resumption(&xsThis, the)));
}

// Undefined when there are no tickets.
void xs_tls_resumption_export_keys(xsMachine *the)
{
	tls_resumption *resumption = get_resumption(&xsThis, the);
	uint8_t keys[TLS_TICKET_KEYS_EXPORT];
	tls_error error = tls_resumption_export_keys(resumption, keys);

	if (error == TLS_E_NONE)
		xsmcSetArrayBuffer(xsResult, keys, sizeof(keys));
	else if (error == TLS_E_RANDOM)
		xsUnknownError("There is no randomness to make ticket keys of");
}

void xs_tls_resumption_import_keys(xsMachine *the)
{
	tls_xs_require(1);
	tls_xs_bytes keys = tls_xs_get_bytes(the, &xsArg(0));

	xsmcSetInteger(xsResult, tls_resumption_import_keys(get_resumption(&xsThis, the), keys.data, keys.length));
}

void xs_tls_context_set_resumption(xsMachine *the)
{
	tls_xs_require(1);
	tls_config *config = tls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, tls_config_set_resumption(config, get_resumption(&xsArg(0), the)));
}

void xs_tls_session_is_resumed(xsMachine *the)
{
	xsmcSetBoolean(xsResult, tls_session_is_resumed(tls_xs_get_session(the)));
}
