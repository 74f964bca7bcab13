#include "tls-handshake-state.h"

#include "mbedtls/platform_util.h"

#include "config/tls-policy-config-internal.h"
#include "port/tls-alloc.h"
#include "port/tls-port-session.h"

void xstls_handshake_free_early_data(xstls_handshake *h)
{
	if (!h->work || !h->work->early)
		return;
	xstls_free(h->work->early->record);
	xstls_free(h->work->early);
	h->work->early = NULL;
}

void xstls_handshake_free_retry(xstls_handshake *h)
{
	if (!h->work || !h->work->retry)
		return;
	xstls_retry_request_free(&h->work->retry->request);
	xstls_free(h->work->retry);
	h->work->retry = NULL;
}

void xstls_handshake_free_first(xstls_handshake *h)
{
	if (!h->work || !h->work->first)
		return;
	xstls_free(h->work->first->request);
	xstls_free(h->work->first);
	h->work->first = NULL;
}

void xstls_handshake_free_library(xstls_handshake *h)
{
	if (!h->ssl)
		return;
	mbedtls_ssl_free(h->ssl);
	xstls_free(h->ssl);
	h->ssl = NULL;
	xstls_handshake_free_early_data(h);
	xstls_handshake_free_retry(h);
	xstls_handshake_free_first(h);
	xstls_policy_reset_suites(h->state.config, h->state.role);
	if (h->state.role == TLS_SERVER)
		xstls_port_lend_identity(&h->state.config->ssl[TLS_SERVER], NULL);
	if (h->work)
		mbedtls_platform_zeroize(h->work, sizeof(*h->work));
	xstls_free(h->work);
	h->work = NULL;
}

void xstls_handshake_free_hello(xstls_handshake *h)
{
	if (!h->hello)
		return;
	xstls_hello_collector_clear(&h->hello->collector);
	xstls_free(h->hello->rewritten);
	xstls_free(h->hello);
	h->hello = NULL;
}

void xstls_handshake_free_read_hello(xstls_handshake *h)
{
	if (!h->hello || !h->hello->is_rewritten) {
		xstls_handshake_free_hello(h);
		return;
	}
	xstls_free(h->hello->rewritten);
	h->hello->rewritten = NULL;
}

void xstls_handshake_fail(xstls_handshake *h, xstls_failure failure)
{
	xstls_handshake_free_library(h);
	xstls_handshake_free_hello(h);
	xstls_state_fail(&h->state, failure);
}

void xstls_handshake_free(xstls_handshake *h)
{
	xstls_handshake_free_library(h);
	xstls_handshake_free_hello(h);
	xstls_state_free(&h->state);
}
