// Glue for policy.ts.

#include "tls-context-xs.h"

void xs_xstls_context_allow(xsMachine *the)
{
	xstls_xs_require(2);
	xsIntegerValue list = xsmcToInteger(xsArg(0));
	xstls_xs_bytes name = xstls_xs_get_bytes(the, &xsArg(1));
	xstls_config *config = xstls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, xstls_config_allow(config, (xstls_policy_list)list, (const char *)name.data, name.length));
}

// Undefined behind the last.
void xs_xstls_policy_name(xsMachine *the)
{
	xstls_xs_require(2);
	xsIntegerValue list = xsmcToInteger(xsArg(0));
	xsIntegerValue index = xsmcToInteger(xsArg(1));
	const char *name = NULL;

	if (list >= 0 && list < TLS_POLICY_LISTS && index >= 0)
		name = xstls_policy_name((xstls_policy_list)list, (size_t)index);
	if (name)
		xsmcSetString(xsResult, (char *)name);
}

void xs_xstls_context_set_record_sizes(xsMachine *the)
{
	xstls_xs_require(2);
	xsIntegerValue receive = xsmcToInteger(xsArg(0));
	xsIntegerValue transmit = xsmcToInteger(xsArg(1));
	xstls_config *config = xstls_xs_get_config(the, &xsThis);

	if (receive < 0 || transmit < 0)
		xsmcSetInteger(xsResult, TLS_E_ARGUMENT);
	else
		xsmcSetInteger(xsResult, xstls_config_set_record_sizes(config, (size_t)receive, (size_t)transmit));
}

// 0 for the most that may be received, 1 for the most that may be sent.
void xs_xstls_policy_record_size(xsMachine *the)
{
	xstls_xs_require(1);
	xsIntegerValue which = xsmcToInteger(xsArg(0));

	xsmcSetInteger(xsResult, (xsIntegerValue)(which ? xstls_config_most_transmit() : xstls_config_most_receive()));
}
