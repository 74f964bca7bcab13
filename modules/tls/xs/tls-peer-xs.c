// Glue for details.ts and digest.ts.

#include "tls-session-xs.h"

#include "crypto/tls-digest.h"
#include "session/tls-peer.h"

void xs_tls_sha256(xsMachine *the)
{
	tls_xs_require(1);
	uint8_t digest[TLS_DIGEST_SIZE];
	tls_xs_bytes bytes = tls_xs_get_bytes(the, &xsArg(0));

	if (!tls_digest(bytes.data, bytes.length, digest))
		xsUnknownError("SHA-256 is not to be had");
	xsmcSetArrayBuffer(xsResult, digest, sizeof(digest));
}

void xs_tls_session_peer_chain(xsMachine *the)
{
	tls_session *session = tls_xs_get_session(the);
	size_t length = tls_session_peer_chain(session, NULL, 0);

	if (length)
		tls_session_peer_chain(session, xsmcSetArrayBuffer(xsResult, NULL, (xsIntegerValue)length), length);
}

void xs_tls_session_peer_verdict(xsMachine *the)
{
	xsmcSetInteger(xsResult, tls_session_peer_verdict(tls_xs_get_session(the)));
}
