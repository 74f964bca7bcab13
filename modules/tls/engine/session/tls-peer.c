#include "tls-peer.h"

#include <string.h>

#include "tls-engine-private.h"
#include "handshake/tls-failure.h"

size_t tls_session_peer_chain(const tls_session *s, uint8_t *chain, size_t capacity)
{
	const tls_agreed *agreed = &s->agreed;

	if (agreed->chain && agreed->chain_length <= capacity)
		memcpy(chain, agreed->chain, agreed->chain_length);
	return agreed->chain_length;
}

tls_error tls_session_peer_verdict(const tls_session *s)
{
	return s->agreed.chain ? tls_failure_of_chain(s->agreed.verify_flags) : TLS_E_CERTIFICATE_REQUIRED;
}
