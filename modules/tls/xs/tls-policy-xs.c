// Glue for policy.ts.

#include "tls-context-xs.h"

void xs_tls_context_allow(xsMachine *the)
{
	tls_xs_require(2);
	xsIntegerValue list = xsmcToInteger(xsArg(0));
	tls_xs_bytes name = tls_xs_get_bytes(the, &xsArg(1));
	tls_config *config = tls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, tls_config_allow(config, (tls_policy_list)list, (const char *)name.data, name.length));
}

// Undefined behind the last.
void xs_tls_policy_name(xsMachine *the)
{
	tls_xs_require(2);
	xsIntegerValue list = xsmcToInteger(xsArg(0));
	xsIntegerValue index = xsmcToInteger(xsArg(1));
	const char *name = NULL;

	if (list >= 0 && list < TLS_POLICY_LISTS && index >= 0)
		name = tls_policy_name((tls_policy_list)list, (size_t)index);
	if (name)
		xsmcSetString(xsResult, (char *)name);
}

void xs_tls_context_set_record_sizes(xsMachine *the)
{
	tls_xs_require(2);
	xsIntegerValue receive = xsmcToInteger(xsArg(0));
	xsIntegerValue transmit = xsmcToInteger(xsArg(1));
	tls_config *config = tls_xs_get_config(the, &xsThis);

	if (receive < 0 || transmit < 0)
		xsmcSetInteger(xsResult, TLS_E_ARGUMENT);
	else
		xsmcSetInteger(xsResult, tls_config_set_record_sizes(config, (size_t)receive, (size_t)transmit));
}

// 0 for the most that may be received, 1 for the most that may be sent.
void xs_tls_policy_record_size(xsMachine *the)
{
	tls_xs_require(1);
	xsIntegerValue which = xsmcToInteger(xsArg(0));

	xsmcSetInteger(xsResult, (xsIntegerValue)(which ? tls_config_most_transmit() : tls_config_most_receive()));
}
