// Glue for hash.ts.

#include "tls-context-xs.h"

#include "crypto/tls-digest.h"
#include "crypto/tls-hash.h"

void xs_xstls_hash_destructor(void *data)
{
	xstls_hash_free(data);
}

static xstls_hash *get_hash(xsMachine *the)
{
	return xstls_xs_get_host(the, &xsThis, xs_xstls_hash_destructor, "This is no hash");
}

void xs_xstls_hash_constructor(xsMachine *the)
{
	xstls_xs_construct(the, xstls_hash_new());
}

void xs_xstls_hash_update(xsMachine *the)
{
	xstls_xs_require(1);
	xstls_xs_bytes bytes = xstls_xs_get_bytes(the, &xsArg(0));

	if (!xstls_hash_update(get_hash(the), bytes.data, bytes.length))
		xsUnknownError("The hash is complete");
}

void xs_xstls_hash_digest(xsMachine *the)
{
	uint8_t digest[TLS_DIGEST_SIZE];

	if (!xstls_hash_finish(get_hash(the), digest))
		xsUnknownError("The hash is complete");
	xsmcSetArrayBuffer(xsResult, digest, sizeof(digest));
}
