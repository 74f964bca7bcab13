// Glue for details.ts and digest.ts.

#include "tls-session-xs.h"

#include "crypto/tls-digest.h"
#include "session/tls-peer.h"

void xs_xstls_sha256(xsMachine *the)
{
	xstls_xs_require(1);
	uint8_t digest[TLS_DIGEST_SIZE];
	xstls_xs_bytes bytes = xstls_xs_get_bytes(the, &xsArg(0));

	if (!xstls_digest(bytes.data, bytes.length, digest))
		xsUnknownError("SHA-256 is not to be had");
	xsmcSetArrayBuffer(xsResult, digest, sizeof(digest));
}

void xs_xstls_session_peer_certificate(xsMachine *the)
{
	xstls_xs_require(2);
	xsIntegerValue index = xsmcToInteger(xsArg(0)), most = xsmcToInteger(xsArg(1));
	const uint8_t *der;
	size_t length = xstls_session_peer_certificate(xstls_xs_get_session(the), (size_t)index, &der);

	if (length)
		xsmcSetArrayBuffer(xsResult, (void *)der, length > (size_t)most ? 0 : (xsIntegerValue)length);
}

void xs_xstls_session_peer_verdict(xsMachine *the)
{
	xsmcSetInteger(xsResult, xstls_session_peer_verdict(xstls_xs_get_session(the)));
}
