#include "tls-handshake.h"

#include "psa/crypto.h"

#include "config/tls-config-state.h"
#include "port/tls-alloc.h"
#include "port/tls-port-crypto.h"
#include "port/tls-port-handshake.h"
#include "port/tls-port-session.h"
#include "resumption/tls-psk-private.h"
#include "tls-abort.h"
#include "tls-bio.h"
#include "tls-client-auth.h"
#include "tls-psk-hint.h"
#include "tls-server-callbacks.h"
#include "tls-takeover.h"
#include "tls-verify.h"

// Before each call of mbedTLS that may call back, or whose failure tls_abort may have to explain.
static void prepare(tls_handshake *h)
{
	if (h->state.role == TLS_SERVER)
		tls_server_callbacks_serve(h);
	h->wrote_alert = false;
	tls_alloc_clear_failure();
}

static int set_up_library(tls_handshake *h)
{
	tls_state *s = &h->state;
	int result;

	h->ssl = tls_calloc(1, sizeof(mbedtls_ssl_context));
	if (!h->ssl)
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	mbedtls_ssl_init(h->ssl);
	if (s->role == TLS_SERVER)
		tls_server_callbacks_set_up(h);
	result = mbedtls_ssl_setup(h->ssl, &s->config->ssl[s->role]);
	if (result == 0)
		result = tls_verify_set_up(h);
	if (result == 0 && !tls_takeover_prepare(h))
		result = PSA_ERROR_INSUFFICIENT_MEMORY;
	return result;
}

bool tls_handshake_begin(tls_handshake *h)
{
	int result;

	prepare(h);
	h->state.phase = PHASE_HANDSHAKE;
	result = set_up_library(h);
	if (result) {
		// Without mbedTLS no alert is sent. A server name that is too long is the only reason besides memory.
		tls_error code = tls_alloc_has_failed() || tls_port_is_out_of_memory(result) ? TLS_E_MEMORY : TLS_E_ARGUMENT;

		tls_handshake_fail(h, (tls_failure){.code = code, .alert = TLS_ALERT_NONE, .library = result});
		return false;
	}
	h->state.uses_psk = h->state.role == TLS_CLIENT && h->state.config->has_client_psk;
	mbedtls_ssl_set_user_data_p(h->ssl, h);
	tls_bio_set_up(h);
	return true;
}

bool tls_handshake_offer(tls_handshake *h, const mbedtls_ssl_session *session)
{
	if (!tls_handshake_begin(h))
		return false;
	if (mbedtls_ssl_set_session(h->ssl, session) == 0)
		return true;
	// For lack of memory. mbedTLS would write a ClientHello with the length of a ticket and without its bytes.
	tls_handshake_free_library(h);
	h->state.phase = PHASE_IDLE;
	return false;
}

// Results after which mbedTLS wants to be called again, with the input that is left.
static bool is_to_be_continued(int result)
{
	return result == MBEDTLS_ERR_SSL_WANT_READ || result == MBEDTLS_ERR_SSL_CRYPTO_IN_PROGRESS;
}

// mbedTLS would continue over TLS 1.2 with the ticket of a TLS 1.3 session, whose TLS 1.2 master secret is all zero:
// who has overheard the ticket could pose as its owner.
static bool resumes_other_version(const tls_handshake *h)
{
	return mbedtls_ssl_get_version_number(h->ssl) == MBEDTLS_SSL_VERSION_TLS1_2 &&
	       tls_port_negotiated_session_version(h->ssl) == MBEDTLS_SSL_VERSION_TLS1_3;
}

static int step_client(tls_handshake *h)
{
	bool may_hint = tls_port_is_at_server_key_exchange(h->ssl);
	int result;

	tls_verify_before_step(h);
	result = mbedtls_ssl_handshake_step(h->ssl);
	if (result == 0 && may_hint)
		tls_psk_hint_read(h);
	return result;
}

// A server that comes to its Certificate has taken none of the keys, tickets and sessions that the client has offered,
// so the client is not who they stand for. In TLS 1.2 the callback for pre-shared keys comes after that.
static void come_to_certificate(tls_state *s)
{
	s->saw_certificate = true;
	s->psk = 0;
	s->uses_psk = false;
}

static int step_server(tls_handshake *h)
{
	bool was_at_client_certificate = tls_port_is_at_client_certificate(h->ssl);
	int result;

	if (tls_port_is_at_certificate(h->ssl))
		come_to_certificate(&h->state);
	result = tls_psk_hint_write(h);
	if (result == 0)
		result = mbedtls_ssl_handshake_step(h->ssl);
	if (result)
		return result;
	tls_port_change_server_keys(h->ssl);
	if (resumes_other_version(h))
		return MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER;
	return tls_client_auth_judge(h, was_at_client_certificate);
}

// Whether the pre-shared key was revoked or changed while the handshake was under way.
static bool is_psk_revoked(const tls_state *s)
{
	size_t length;

	return s->psk && !tls_psks_get_name(s->config->psks, s->psk, &length);
}

static int run_steps(tls_handshake *h)
{
	int result = 0;

	while (result == 0 && !mbedtls_ssl_is_handshake_over(h->ssl))
		result = h->state.role == TLS_SERVER ? step_server(h) : step_client(h);
	if (result == 0 && is_psk_revoked(&h->state))
		result = MBEDTLS_ERR_SSL_UNKNOWN_IDENTITY;
	// A TLS 1.3 server has its tickets to send still.
	if (result == 0)
		result = mbedtls_ssl_handshake(h->ssl);
	// mbedTLS may continue without memory that it wanted, and send a Finished that was never computed.
	if (tls_alloc_has_failed() && (result == 0 || is_to_be_continued(result)))
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	return result ? result : tls_takeover(h);
}

void tls_handshake_advance(tls_handshake *h)
{
	h->starved = false;
	while (!h->starved && h->state.phase == PHASE_HANDSHAKE) {
		int result;

		prepare(h);
		result = run_steps(h);
		if (result < 0 && !is_to_be_continued(result))
			tls_abort(h, result);
	}
}

size_t tls_handshake_feed(tls_handshake *h, const uint8_t *ciphertext, size_t length)
{
	h->in = ciphertext;
	h->in_left = length;
	tls_handshake_advance(h);
	length -= h->in_left;
	h->in = NULL;
	h->in_left = 0;
	return length;
}
