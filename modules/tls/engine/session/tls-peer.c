#include "tls-peer.h"

#include <string.h>

#include "tls-session-state.h"
#include "x509/tls-verify-flags.h"

size_t xstls_session_peer_chain(const xstls_session *session, uint8_t *chain, size_t capacity)
{
	const xstls_negotiated *negotiated = &session->handshake.state.negotiated;

	if (negotiated->chain && negotiated->chain_length <= capacity)
		memcpy(chain, negotiated->chain, negotiated->chain_length);
	return negotiated->chain_length;
}

xstls_error xstls_session_peer_verdict(const xstls_session *session)
{
	const xstls_negotiated *negotiated = &session->handshake.state.negotiated;

	return negotiated->chain ? xstls_verify_flags_code(negotiated->verify_flags) : TLS_E_CERTIFICATE_REQUIRED;
}
