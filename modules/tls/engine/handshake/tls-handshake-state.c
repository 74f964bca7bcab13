#include "tls-handshake-state.h"

#include "mbedtls/platform_util.h"

#include "port/tls-alloc.h"

void tls_handshake_free_library(tls_handshake *h)
{
	if (!h->ssl)
		return;
	mbedtls_ssl_free(h->ssl);
	tls_free(h->ssl);
	h->ssl = NULL;
	if (h->secrets)
		mbedtls_platform_zeroize(h->secrets, sizeof(*h->secrets));
	tls_free(h->secrets);
	h->secrets = NULL;
}

void tls_handshake_free_hello(tls_handshake *h)
{
	if (!h->hello)
		return;
	tls_hello_collector_clear(&h->hello->collector);
	tls_free(h->hello);
	h->hello = NULL;
}

void tls_handshake_fail(tls_handshake *h, tls_failure failure)
{
	tls_handshake_free_library(h);
	tls_handshake_free_hello(h);
	tls_state_fail(&h->state, failure);
}

void tls_handshake_free(tls_handshake *h)
{
	tls_handshake_free_library(h);
	tls_handshake_free_hello(h);
	tls_state_free(&h->state);
}
