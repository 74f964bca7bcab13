#include "tls-peer.h"

#include <string.h>

#include "mbedtls/asn1.h"

#include "tls-session-state.h"
#include "x509/tls-verify-flags.h"

size_t xstls_session_peer_chain(const xstls_session *session, uint8_t *chain, size_t capacity)
{
	const xstls_negotiated *negotiated = &session->handshake.state.negotiated;

	if (negotiated->chain && negotiated->chain_length <= capacity)
		memcpy(chain, negotiated->chain, negotiated->chain_length);
	return negotiated->chain_length;
}

// mbedTLS has read the chain, so its lengths are right.
static size_t length_of(const uint8_t *der, size_t most)
{
	unsigned char *at = (unsigned char *)der;
	size_t length;

	if (mbedtls_asn1_get_tag(&at, der + most, &length, MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE))
		return 0;
	return (size_t)(at - der) + length;
}

size_t xstls_session_peer_certificate(const xstls_session *session, size_t index, const uint8_t **der)
{
	const xstls_negotiated *negotiated = &session->handshake.state.negotiated;
	size_t left = negotiated->chain ? negotiated->chain_length : 0, length;

	*der = negotiated->chain;
	for (;; index--) {
		length = left ? length_of(*der, left) : 0;
		if (!index || !length)
			return length;
		*der += length;
		left -= length;
	}
}

xstls_error xstls_session_peer_verdict(const xstls_session *session)
{
	const xstls_negotiated *negotiated = &session->handshake.state.negotiated;

	return negotiated->chain ? xstls_verify_flags_code(negotiated->verify_flags) : TLS_E_CERTIFICATE_REQUIRED;
}
