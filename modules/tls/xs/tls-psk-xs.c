// Glue for psk.ts.

#include "tls-context-xs.h"
#include "tls-session-xs.h"

void xs_xstls_psks_destructor(void *data)
{
	xstls_psks_release(data);
}

static xstls_psks *get_psks(xsMachine *the, xsSlot *slot)
{
	return xstls_xs_get_host(the, slot, xs_xstls_psks_destructor, "This is no table of pre-shared keys");
}

void xs_xstls_psks_constructor(xsMachine *the)
{
	xstls_xs_construct(the, xstls_psks_new());
}

void xs_xstls_psks_add(xsMachine *the)
{
	xstls_xs_require(2);
	xstls_xs_bytes identity = xstls_xs_get_bytes(the, &xsArg(0));
	xstls_xs_bytes key = xstls_xs_get_bytes(the, &xsArg(1));
	xstls_psks *psks = get_psks(the, &xsThis);

	xsmcSetInteger(xsResult, xstls_psks_add(psks, identity.data, identity.length, key.data, key.length));
}

void xs_xstls_psks_revoke(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_xs_bytes identity = xstls_xs_get_bytes(the, &xsArg(0));

	xsmcSetBoolean(xsResult, xstls_psks_revoke(get_psks(the, &xsThis), identity.data, identity.length));
}

void xs_xstls_psks_count(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)xstls_psks_count(get_psks(the, &xsThis)));
}

void xs_xstls_context_set_psks(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_config *config = xstls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, xstls_config_set_psks(config, get_psks(the, &xsArg(0))));
}

void xs_xstls_context_set_psk_hint(xsMachine *the)
{
	xstls_xs_set_bytes(the, xstls_config_set_psk_hint);
}

void xs_xstls_session_psk_identity(xsMachine *the)
{
	size_t length;
	const uint8_t *identity = xstls_session_psk_identity(xstls_xs_get_session(the), &length);

	if (identity)
		xsmcSetArrayBuffer(xsResult, (void *)identity, (xsIntegerValue)length);
}

// The bytes, for they are of the server's choice and need not be UTF-8.
void xs_xstls_session_psk_hint(xsMachine *the)
{
	const char *hint = xstls_session_psk_hint(xstls_xs_get_session(the));

	if (hint)
		xsmcSetArrayBuffer(xsResult, (void *)hint, (xsIntegerValue)strlen(hint));
}

void xs_xstls_context_set_client_psk(xsMachine *the)
{
	xstls_xs_set_two_bytes(the, xstls_config_set_client_psk);
}
