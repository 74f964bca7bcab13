#include "tls-peer.h"

#include <string.h>

#include "tls-engine-private.h"
#include "tls-failure.h"

static const mbedtls_x509_crt *get_chain(const tls_session *s)
{
	return tls_session_is_established(s) ? mbedtls_ssl_get_peer_cert(&s->ssl) : NULL;
}

size_t tls_session_peer_chain(const tls_session *s, uint8_t *chain, size_t capacity)
{
	size_t length = 0;

	for (const mbedtls_x509_crt *at = get_chain(s); at && at->raw.len; at = at->next)
		length += at->raw.len;
	if (length > capacity)
		return length;
	for (const mbedtls_x509_crt *at = get_chain(s); at && at->raw.len; at = at->next) {
		memcpy(chain, at->raw.p, at->raw.len);
		chain += at->raw.len;
	}
	return length;
}

tls_error tls_session_peer_verdict(const tls_session *s)
{
	return get_chain(s) ? tls_failure_of_chain(mbedtls_ssl_get_verify_result(&s->ssl)) : TLS_E_CERTIFICATE_REQUIRED;
}
