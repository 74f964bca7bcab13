// Glue for psk.ts.

#include "tls-context-xs.h"
#include "tls-session-xs.h"

void xs_tls_psks_destructor(void *data)
{
	tls_psks_release(data);
}

static tls_psks *get_psks(xsMachine *the, xsSlot *slot)
{
	tls_psks *psks = xsmcGetHostDataValidate(*slot, (void *)xs_tls_psks_destructor);

	if (!psks)
		xsTypeError("This is no table of pre-shared keys");
	return psks;
}

void xs_tls_psks_constructor(xsMachine *the)
{
	tls_psks *psks = tls_psks_new();

	xsmcSetHostData(xsThis, psks);
	xsmcSetInteger(xsResult, psks ? TLS_E_NONE : TLS_E_MEMORY);
}

void xs_tls_psks_add(xsMachine *the)
{
	tls_xs_require(2);
	tls_xs_bytes identity = tls_xs_get_bytes(the, &xsArg(0));
	tls_xs_bytes key = tls_xs_get_bytes(the, &xsArg(1));
	tls_psks *psks = get_psks(the, &xsThis);

	xsmcSetInteger(xsResult, tls_psks_add(psks, identity.data, identity.length, key.data, key.length));
}

void xs_tls_psks_revoke(xsMachine *the)
{
	tls_xs_require(1);
	tls_xs_bytes identity = tls_xs_get_bytes(the, &xsArg(0));

	xsmcSetBoolean(xsResult, tls_psks_revoke(get_psks(the, &xsThis), identity.data, identity.length));
}

void xs_tls_psks_count(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)tls_psks_count(get_psks(the, &xsThis)));
}

void xs_tls_context_set_psks(xsMachine *the)
{
	tls_xs_require(1);
	tls_config *config = tls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, tls_config_set_psks(config, get_psks(the, &xsArg(0))));
}

void xs_tls_context_set_psk_hint(xsMachine *the)
{
	tls_xs_require(1);
	tls_xs_bytes hint = tls_xs_get_bytes(the, &xsArg(0));
	tls_config *config = tls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, tls_config_set_psk_hint(config, hint.data, hint.length));
}

void xs_tls_session_psk_identity(xsMachine *the)
{
	size_t length;
	const uint8_t *identity = tls_session_psk_identity(tls_xs_get_session(the), &length);

	if (identity)
		xsmcSetArrayBuffer(xsResult, (void *)identity, (xsIntegerValue)length);
}

// The bytes, for they are of the server's choice and need not be UTF-8.
void xs_tls_session_psk_hint(xsMachine *the)
{
	const char *hint = tls_session_psk_hint(tls_xs_get_session(the));

	if (hint)
		xsmcSetArrayBuffer(xsResult, (void *)hint, (xsIntegerValue)strlen(hint));
}

void xs_tls_context_set_client_psk(xsMachine *the)
{
	tls_xs_require(2);
	tls_xs_bytes identity = tls_xs_get_bytes(the, &xsArg(0));
	tls_xs_bytes key = tls_xs_get_bytes(the, &xsArg(1));
	tls_config *config = tls_xs_get_config(the, &xsThis);

	xsmcSetInteger(xsResult, tls_config_set_client_psk(config, identity.data, identity.length, key.data, key.length));
}
