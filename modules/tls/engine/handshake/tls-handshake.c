#include "tls-handshake.h"

#include "psa/crypto.h"

#include "config/tls-config-memory.h"
#include "config/tls-config-state.h"
#include "hello/tls-hello-rewrite.h"
#include "judge/tls-judge-salt.h"
#include "judge/tls-judge.h"
#include "port/messages/tls-port-key-block.h"
#include "port/tls-alloc.h"
#include "port/tls-port-crypto.h"
#include "port/tls-port-handshake.h"
#include "port/messages/tls-port-input.h"
#include "port/messages/tls-port-message.h"
#include "port/messages/tls-port-pieces.h"
#include "port/tls-port-session.h"
#include "record/tls-record-limits.h"
#include "resumption/tls-psk-internal.h"
#include "tls-abort.h"
#include "negotiation/tls-answer.h"
#include "tls-bio.h"
#include "negotiation/tls-client-auth.h"
#include "negotiation/tls-early-data.h"
#include "negotiation/tls-psk-hint.h"
#include "negotiation/tls-retry.h"
#include "negotiation/tls-second-hello.h"
#include "negotiation/tls-selection.h"
#include "tls-long-chain.h"
#include "tls-server-callbacks.h"
#include "tls-takeover.h"
#include "negotiation/tls-verify.h"

// Before each call of mbedTLS that may call back, or whose failure xstls_abort may have to explain.
static void prepare(xstls_handshake *h)
{
	if (h->state.role == TLS_SERVER)
		xstls_server_callbacks_serve(h);
	h->wrote_alert = false;
	xstls_alloc_clear_failure();
}

static size_t most_record(const xstls_handshake *h, size_t first)
{
	if (h->state.role == TLS_CLIENT)
		return TLS_RECORD_MOST_OF_SERVER;
	if (h->state.config->verify[TLS_SERVER] == TLS_VERIFY_NONE)
		return first + TLS_RECORD_MOST_AFTER_HELLO;
	return TLS_RECORD_MOST_OF_CLIENT;
}

// Sets the bound of records and returns the length of the first. A client that is not asked for a certificate has
// little to say after its ClientHello: the same once more, its key, Finished.
static size_t size_input(xstls_handshake *h)
{
	size_t first = h->hello ? h->hello->collector.length + (h->hello->is_rewritten ? TLS_HELLO_REWRITE_MORE : 0) : 0;

	h->most_record = (uint16_t)most_record(h, first);
	return first;
}

static int set_up_library(xstls_handshake *h)
{
	xstls_state *s = &h->state;
	int result;

	h->ssl = xstls_calloc(1, sizeof(mbedtls_ssl_context));
	if (!h->ssl)
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	mbedtls_ssl_init(h->ssl);
	if (s->role == TLS_SERVER)
		xstls_server_callbacks_set_up(h);
	result = xstls_port_set_up(h->ssl, &s->config->ssl[s->role], size_input(h));
	if (result == 0)
		result = xstls_verify_set_up(h);
	if (result == 0 &&
	    !(xstls_takeover_prepare(h) && (s->role == TLS_CLIENT ? xstls_retry_expect(h) : xstls_early_data_expect(h))))
		result = PSA_ERROR_INSUFFICIENT_MEMORY;
	if (result == 0 && s->role == TLS_SERVER) {
		xstls_selection_choose_suite(h);
		xstls_selection_choose_identity(h);
	}
	return result;
}

bool xstls_handshake_begin(xstls_handshake *h)
{
	int result;

	prepare(h);
	h->state.phase = PHASE_HANDSHAKE;
	result = set_up_library(h);
	if (result) {
		// Without mbedTLS no alert is sent. A server name that is too long is the only reason besides memory.
		xstls_error code =
		    xstls_alloc_has_failed() || xstls_port_is_out_of_memory(result) ? TLS_E_MEMORY : TLS_E_ARGUMENT;

		xstls_handshake_fail(h, (xstls_failure){.code = code, .alert = TLS_ALERT_NONE, .library = result});
		return false;
	}
	h->state.uses_psk = h->state.role == TLS_CLIENT && h->state.config->has_client_psk;
	mbedtls_ssl_set_user_data_p(h->ssl, h);
	xstls_bio_set_up(h);
	return true;
}

bool xstls_handshake_offer(xstls_handshake *h, const mbedtls_ssl_session *session)
{
	if (!xstls_handshake_begin(h))
		return false;
	if (mbedtls_ssl_set_session(h->ssl, session) == 0)
		return true;
	// For lack of memory. mbedTLS would write a ClientHello with the length of a ticket and without its bytes.
	xstls_handshake_free_library(h);
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
static bool resumes_other_version(const xstls_handshake *h)
{
	return mbedtls_ssl_get_version_number(h->ssl) == MBEDTLS_SSL_VERSION_TLS1_2 &&
	       xstls_port_negotiated_session_version(h->ssl) == MBEDTLS_SSL_VERSION_TLS1_3;
}

static int judge(const xstls_handshake *h, uint8_t message, const xstls_transcript *transcript)
{
	int result = xstls_judge(&h->state, h->ssl, message);

	return result ? result : xstls_salt_judge(h->ssl, message, transcript);
}

static int step_client(xstls_handshake *h)
{
	bool may_hint = xstls_port_is_at_server_key_exchange(h->ssl);
	bool was_at_server_hello = xstls_port_is_at_server_hello(h->ssl);
	uint8_t message = xstls_port_next_message(h->ssl);
	bool is_written = false;
	size_t length;
	xstls_transcript transcript;
	int result = xstls_salt_before_step(h->ssl, message, &transcript);

	xstls_verify_before_step(h);
	xstls_port_before_client_step(h->ssl);
	if (result == 0)
		result = xstls_judge_first(&h->state, h->ssl, message);
	if (result == 0)
		result = xstls_long_chain_write(h, &is_written);
	if (result == 0 && !is_written)
		result = xstls_port_step(h->ssl, &h->work->key_block);
	if (result)
		return result;
	h->is_asked_for_certificate |=
	    message == MBEDTLS_SSL_HS_CERTIFICATE_REQUEST && xstls_port_message(h->ssl, message, &length);
	xstls_port_change_client_keys(h->ssl);
	if (may_hint)
		xstls_psk_hint_read(h);
	result = xstls_answer_judge(h, was_at_server_hello);
	return result ? result : judge(h, message, &transcript);
}

// A server that comes to its Certificate has taken none of the keys, tickets and sessions that the client has offered,
// so the client is not who they stand for. In TLS 1.2 the callback for pre-shared keys comes after that.
static void come_to_certificate(xstls_state *s)
{
	s->saw_certificate = true;
	s->psk = 0;
	s->uses_psk = false;
}

// mbedTLS has read another ClientHello than the one that came.
static int put_transcript_right(xstls_handshake *h)
{
	int result;

	if (!h->hello || !h->hello->is_rewritten || xstls_port_next_message(h->ssl) == MBEDTLS_SSL_HS_CLIENT_HELLO)
		return 0;
	result = xstls_second_hello_put_right(h);
	xstls_handshake_free_hello(h);
	return result;
}

// A ClientKeyExchange that mbedTLS could make nothing of may be no whole message, which it says of some.
static int judge_failure(const xstls_handshake *h, uint8_t message, int result)
{
	if (message != MBEDTLS_SSL_HS_CLIENT_KEY_EXCHANGE || is_to_be_continued(result) || xstls_alloc_has_failed())
		return result;
	return xstls_judge(&h->state, h->ssl, message) ? MBEDTLS_ERR_SSL_DECODE_ERROR : result;
}

static int step_server(xstls_handshake *h)
{
	uint8_t message = xstls_port_next_message(h->ssl);
	bool was_at_client_certificate = xstls_port_is_at_client_certificate(h->ssl);
	bool is_written = false;
	xstls_transcript transcript;
	int result = xstls_salt_before_step(h->ssl, message, &transcript);

	if (xstls_port_is_at_certificate(h->ssl))
		come_to_certificate(&h->state);
	if (result == 0)
		result = xstls_psk_hint_write(h);
	if (result == 0)
		result = xstls_judge_first(&h->state, h->ssl, message);
	if (result == 0)
		result = xstls_long_chain_write(h, &is_written);
	if (result == 0 && !is_written)
		result = xstls_port_step(h->ssl, &h->work->key_block);
	if (result == 0)
		result = put_transcript_right(h);
	if (result)
		return judge_failure(h, message, result);
	if (h->refused != TLS_E_NONE)
		return MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE;
	result = xstls_port_change_server_keys(h->ssl);
	if (result)
		return result;
	if (resumes_other_version(h))
		return MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER;
	result = judge(h, message, &transcript);
	return result ? result : xstls_client_auth_judge(h, was_at_client_certificate);
}

// Whether the pre-shared key was revoked or changed while the handshake was under way.
static bool is_psk_revoked(const xstls_state *s)
{
	size_t length;

	return s->psk && !xstls_psks_get_name(s->config->psks, s->psk, &length);
}

// A record that mbedTLS calls malformed, and RFC 8446 §5 and §5.4 unexpected: without content or without a type, or a
// change_cipher_spec of another value.
static bool is_unexpected(const xstls_handshake *h)
{
	const bool has_no_type = h->tracker.header[0] == TLS_APPLICATION_DATA && xstls_port_came_nothing(h->ssl);

	return has_no_type || xstls_port_came_empty(h->ssl) || xstls_port_came_bad_change_cipher_spec(h->ssl);
}

// RFC 8446 §5.1: no message stands across a change of keys. mbedTLS sees to it itself from 3.6.7 on, but not in 4.0
// and 4.1.
static int step(xstls_handshake *h)
{
	const void *keys = xstls_port_input_keys(h->ssl);
	int result;

	xstls_port_show_header(h->ssl);
	result = h->state.role == TLS_SERVER ? step_server(h) : step_client(h);
	if (xstls_port_keep_piece(h->ssl, result))
		return 0;
	if (result == MBEDTLS_ERR_SSL_INVALID_RECORD && is_unexpected(h))
		return MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE;
	if (result == 0 && keys != xstls_port_input_keys(h->ssl) && xstls_port_has_more(h->ssl))
		return MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE;
	return result;
}

static int run_steps(xstls_handshake *h)
{
	int result = 0;

	while (result == 0 && !mbedtls_ssl_is_handshake_over(h->ssl)) {
		result = step(h);
		if (result == 0 && !h->hello)
			result = xstls_port_release_room(h->ssl);
	}
	if (result == 0 && is_psk_revoked(&h->state))
		result = MBEDTLS_ERR_SSL_UNKNOWN_IDENTITY;
	// A TLS 1.3 server has its tickets to send still.
	if (result == 0)
		result = mbedtls_ssl_handshake(h->ssl);
	// mbedTLS may continue without memory that it wanted, and send a Finished that was never computed.
	if (xstls_alloc_has_failed() && (result == 0 || is_to_be_continued(result)))
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	return result ? result : xstls_takeover(h);
}

// A client's chain for which no memory is kept must not take what others have been given.
static size_t most_affordable(const xstls_handshake *h)
{
	const size_t most = h->most_record;
	size_t chain;

	if (h->state.role == TLS_CLIENT || h->state.config->verify[TLS_SERVER] == TLS_VERIFY_NONE)
		return most;
	chain = xstls_config_most_chain() + TLS_RECORD_HEADER + TLS_RECORD_EXPANSION;
	return chain < most ? chain : most;
}

static int make_room(xstls_handshake *h)
{
	const size_t record = h->long_record, most = record ? most_affordable(h) : 0;
	int result;

	h->long_record = 0;
	if (!record)
		return 0;
	result = xstls_port_make_room(h->ssl, record, most);
	if (result == MBEDTLS_ERR_SSL_BAD_INPUT_DATA)
		h->refused = most < h->most_record ? TLS_E_MEMORY : TLS_E_RECORD_OVERFLOW;
	return result;
}

void xstls_handshake_advance(xstls_handshake *h)
{
	h->starved = false;
	while (!h->starved && h->state.phase == PHASE_HANDSHAKE) {
		int result;

		prepare(h);
		result = make_room(h);
		if (result == 0)
			result = run_steps(h);
		if (result < 0 && !is_to_be_continued(result))
			xstls_abort(h, result);
	}
}

// mbedTLS takes all that it can; returns how much.
static size_t feed_library(xstls_handshake *h, const uint8_t *ciphertext, size_t length)
{
	h->in = ciphertext;
	h->in_left = length;
	xstls_handshake_advance(h);
	length -= h->in_left;
	h->in = NULL;
	h->in_left = 0;
	return length;
}

static bool has_early_data(const xstls_handshake *h)
{
	return h->work && h->work->early;
}

// The second ClientHello is not for mbedTLS yet.
static bool may_feed(const xstls_handshake *h, size_t taken, const uint8_t *ciphertext, size_t length)
{
	return taken < length && h->state.phase == PHASE_HANDSHAKE && !xstls_second_hello_begins(h, ciphertext[taken]);
}

// Of one record of a client that sends early data.
static size_t feed_past_early_data(xstls_handshake *h, const uint8_t *ciphertext, size_t length)
{
	xstls_handshake_span record;
	xstls_error error;
	size_t taken = xstls_early_data_feed(h, ciphertext, length, &record, &error);

	if (error != TLS_E_NONE) {
		h->refused = error;
		xstls_abort(h, error == TLS_E_MEMORY ? PSA_ERROR_INSUFFICIENT_MEMORY : MBEDTLS_ERR_SSL_BAD_INPUT_DATA);
	} else if (record.length) {
		feed_library(h, record.data, record.length);
		if (has_early_data(h) && xstls_early_data_is_over(h))
			xstls_handshake_free_early_data(h);
	}
	return taken;
}

// Of a server's first record.
static size_t feed_first(xstls_handshake *h, const uint8_t *ciphertext, size_t length)
{
	xstls_handshake_span record;
	int result;
	size_t taken = xstls_retry_feed(h, ciphertext, length, &record, &result);

	if (result)
		xstls_abort(h, result);
	else if (record.length) {
		feed_library(h, record.data, record.length);
		xstls_handshake_free_retry(h);
	}
	return taken;
}

size_t xstls_handshake_feed(xstls_handshake *h, const uint8_t *ciphertext, size_t length)
{
	size_t taken = 0;

	while (taken < length && h->state.phase == PHASE_HANDSHAKE && xstls_retry_is_expected(h))
		taken += feed_first(h, ciphertext + taken, length - taken);
	while (may_feed(h, taken, ciphertext, length) && has_early_data(h) && !h->hello)
		taken += feed_past_early_data(h, ciphertext + taken, length - taken);
	if (may_feed(h, taken, ciphertext, length))
		taken += feed_library(h, ciphertext + taken, length - taken);
	return taken;
}

void xstls_handshake_feed_second_hello(xstls_handshake *h, const uint8_t *record, size_t length)
{
	xstls_handshake_free_early_data(h);
	if (!xstls_port_has_room(h->ssl, length))
		h->long_record = (uint16_t)length;
	feed_library(h, record, length);
}
