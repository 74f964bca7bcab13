// Glue for trust: setters of NativeContext (native-context.ts), and verification without a connection.

#include "tls-context-xs.h"

// A buffer whose memory never moves (flash, or a host's own) is read in place: NativeContext keeps it alive.
void xs_xstls_context_set_bundle(xsMachine *the)
{
	xstls_xs_require(1);
	void *data;
	xsUnsignedValue length;
	bool moves = xsmcGetBufferReadable(xsArg(0), &data, &length) != xsBufferNonrelocatable;
	xstls_config *config = xstls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, xstls_config_set_bundle(config, data, length, moves));
}

void xs_xstls_context_add_pin(xsMachine *the)
{
	xstls_xs_set_bytes(the, xstls_config_add_pin);
}

void xs_xstls_context_set_clock_floor(xsMachine *the)
{
	xstls_xs_require(1);
	xsNumberValue seconds = xsmcToNumber(xsArg(0));

	xsmcSetInteger(xsResult, xstls_config_set_clock_floor(xstls_xs_get_config(the, &xsThis), (int64_t)seconds));
}

void xs_xstls_context_ignore_name(xsMachine *the)
{
	xsmcSetInteger(xsResult, xstls_config_ignore_name(xstls_xs_get_config(the, &xsThis)));
}

// Answers with [code, depth, flags].
void xs_xstls_context_verify_chain(xsMachine *the)
{
	xstls_xs_require(2);
	xsmcVars(1);
	xstls_usage usage = (xstls_usage)xsmcToInteger(xsArg(1));
	xstls_xs_bytes chain = xstls_xs_get_bytes(the, &xsArg(0));
	xstls_config *config = xstls_xs_get_config(the, &xsThis);
	xstls_chain_verdict verdict = xstls_config_verify_chain(config, chain.data, chain.length, usage);

	xsmcSetNewArray(xsResult, 3);
	xsmcSetInteger(xsVar(0), verdict.code);
	xsmcSetIndex(xsResult, 0, xsVar(0));
	xsmcSetInteger(xsVar(0), verdict.depth);
	xsmcSetIndex(xsResult, 1, xsVar(0));
	xsmcSetNumber(xsVar(0), verdict.verify_flags);
	xsmcSetIndex(xsResult, 2, xsVar(0));
}
