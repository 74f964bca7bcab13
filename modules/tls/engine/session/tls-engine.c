// The session: the handshake over mbedtls_ssl, and what is common to all its states.
//
// - mbedTLS pulls its input from the span that is being fed (`in`), and asks for exactly the bytes of the record it
//   is on, so nothing is read ahead and what it did not take goes back to the caller.
// - Its output goes to the outbox and never blocks: mbedTLS is never in the state "wants to write".
// - mbedTLS is there from when the ClientHello is complete (tls-selection.c), so a connection that says nothing costs
//   nothing, to the end of the handshake (tls-takeover.c): its buffers are the most of what a connection costs.
// - Every failure goes through `fail`, which sees to it that the peer is told: some paths of mbedTLS send the alert
//   and some do not.

#include "tls-engine.h"

#include <string.h>

#include "mbedtls/platform_util.h"
#include "psa/crypto.h"

#include "port/tls-alloc.h"
#include "handshake/tls-client-auth.h"
#include "handshake/tls-client-session-private.h"
#include "config/tls-config-private.h"
#include "tls-engine-private.h"
#include "handshake/tls-failure.h"
#include "open/tls-open-session.h"
#include "port/tls-port-session.h"
#include "port/tls-port.h"
#include "handshake/tls-psk-hint.h"
#include "config/tls-psk-private.h"
#include "handshake/tls-takeover.h"
#include "trust/tls-verify.h"

static bool has_ssl(const tls_session *s)
{
	return s->state == STATE_HANDSHAKE;
}

void tls_session_drop_library(tls_session *s)
{
	if (!s->ssl)
		return;
	mbedtls_ssl_free(s->ssl);
	tls_free(s->ssl);
	s->ssl = NULL;
	if (s->exported)
		mbedtls_platform_zeroize(s->exported, sizeof(*s->exported));
	tls_free(s->exported);
	s->exported = NULL;
}

// What comes of the handshake, and what goes before it.
static void drop_all(tls_session *s)
{
	tls_session_drop_library(s);
	tls_session_free_greeting(s);
	tls_records_free(s->records);
	s->records = NULL;
	tls_agreed_clear(&s->agreed);
}

static int on_receive(void *context, unsigned char *into, size_t capacity)
{
	tls_session *s = context;
	size_t count = capacity < s->in_left ? capacity : s->in_left;

	if (count == 0) {
		s->starved = true;
		return MBEDTLS_ERR_SSL_WANT_READ;
	}
	// mbedTLS's own word for a record that does not fit.
	if (!s->greeting && !tls_record_pass(&s->place, s->in, count, TLS_RECORD_MOST))
		return MBEDTLS_ERR_SSL_BAD_INPUT_DATA;
	memcpy(into, s->in, count);
	s->in += count;
	s->in_left -= count;
	// mbedTLS needs all the memory that there is for its answer.
	if (s->in_left == 0)
		tls_session_free_greeting(s);
	return (int)count;
}

// Before each call of mbedTLS that may call back, or that `fail` may have to explain.
static void prepare(tls_session *s)
{
	s->config->at_work = s;
	s->wrote_alert = false;
	tls_alloc_clear_failure();
}

void tls_session_end_with(tls_session *s, tls_failure failure)
{
	s->failure = failure;
	drop_all(s);
	s->state = STATE_FAILED;
}

// The alert that made mbedTLS end the session. OpenSSL's TLS 1.3 client sends its alerts in the clear until it has sent
// its first flight, and mbedTLS takes them for records that were tampered with.
static bool was_told(const tls_session *s, int library, uint8_t *description)
{
	if (library == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE || library == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) {
		*description = tls_port_received_alert(s->ssl);
		return true;
	}
	return library == MBEDTLS_ERR_SSL_INVALID_MAC && tls_record_is_plain_alert(&s->place, description);
}

static bool is_disproved(const tls_session *s, tls_error code)
{
	return tls_port_is_at_proof(s->ssl) && (code == TLS_E_INTERNAL || code == TLS_E_HANDSHAKE_FAILURE);
}

// What mbedTLS has said to the peer counts; where it has said nothing, it is said now.
static void tell(tls_session *s, tls_failure *failure)
{
	uint8_t sent = s->plain_alert != TLS_ALERT_NONE ? s->plain_alert : tls_port_sent_alert(s->ssl);

	if (is_disproved(s, failure->code))
		tls_failure_tell(failure, TLS_ALERT_DECRYPT_ERROR);
	if (!s->wrote_alert)
		mbedtls_ssl_send_alert_message(s->ssl, MBEDTLS_SSL_ALERT_LEVEL_FATAL, failure->alert);
	else if (sent != TLS_ALERT_NONE)
		tls_failure_tell(failure, sent);
}

// The handshake has failed.
static void fail(tls_session *s, int library)
{
	tls_failure failure;
	uint8_t description;

	if (was_told(s, library, &description)) {
		failure = (tls_failure){
		    .code = TLS_E_ALERT_RECEIVED,
		    .alert = description,
		    .alert_received = true,
		    .library = library,
		};
	} else {
		failure = tls_failure_from(library, mbedtls_ssl_get_verify_result(s->ssl), tls_alloc_has_failed());
		tell(s, &failure);
		// What shows that a key is wrong is that the first thing under it is.
		if (s->uses_psk && s->role == TLS_SERVER && failure.code != TLS_E_MEMORY)
			failure.code = TLS_E_UNKNOWN_PSK_IDENTITY;
	}
	tls_session_end_with(s, failure);
}

static int set_up_library(tls_session *s)
{
	int result;

	s->ssl = tls_calloc(1, sizeof(mbedtls_ssl_context));
	if (!s->ssl)
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	mbedtls_ssl_init(s->ssl);
	result = mbedtls_ssl_setup(s->ssl, &s->config->ssl[s->role]);
	if (result == 0)
		result = tls_verify_set_up(s);
	if (result == 0 && !tls_takeover_prepare(s))
		result = PSA_ERROR_INSUFFICIENT_MEMORY;
	return result;
}

bool tls_session_begin(tls_session *s)
{
	int result;

	prepare(s);
	s->state = STATE_HANDSHAKE;
	result = set_up_library(s);
	if (result) {
		// There is no buffer to put an alert into. What is not for lack of memory is for a server name too long.
		tls_error code = tls_alloc_has_failed() || tls_port_is_out_of_memory(result) ? TLS_E_MEMORY : TLS_E_ARGUMENT;

		tls_session_end_with(s, (tls_failure){.code = code, .alert = TLS_ALERT_NONE, .library = result});
		return false;
	}
	s->uses_psk = s->role == TLS_CLIENT && s->config->has_client_psk;
	mbedtls_ssl_set_user_data_p(s->ssl, s);
	mbedtls_ssl_set_bio(s->ssl, s, tls_session_send, on_receive, NULL);
	return true;
}

// Results after which mbedTLS wants to be called again, with the input that is left.
static bool is_to_be_continued(int result)
{
	return result == MBEDTLS_ERR_SSL_WANT_READ || result == MBEDTLS_ERR_SSL_CRYPTO_IN_PROGRESS;
}

// mbedTLS would go on over TLS 1.2 with the ticket of a TLS 1.3 session, whose TLS 1.2 master secret is all zero: who
// overheard the ticket could be its owner.
static bool resumes_other_version(const tls_session *s)
{
	return mbedtls_ssl_get_version_number(s->ssl) == MBEDTLS_SSL_VERSION_TLS1_2 &&
	       tls_port_negotiated_session_version(s->ssl) == MBEDTLS_SSL_VERSION_TLS1_3;
}

static int step_client(tls_session *s)
{
	bool may_hint = tls_port_is_at_server_key_exchange(s->ssl);
	int result;

	tls_client_session_verifying(s);
	s->saw_certificate |= tls_port_is_at_certificate(s->ssl);
	result = mbedtls_ssl_handshake_step(s->ssl);
	if (result == 0 && may_hint)
		tls_psk_hint_read(s);
	return result;
}

// A server that comes to its certificate has taken none of the keys, tickets and sessions that the client has named:
// who they stand for is not who this is. The key of a TLS 1.2 handshake by one comes after that.
static void come_to_certificate(tls_session *s)
{
	s->saw_certificate = true;
	s->psk = 0;
	s->uses_psk = false;
}

static int step_server(tls_session *s)
{
	bool was_at_client_certificate = tls_port_is_at_client_certificate(s->ssl);
	int result;

	if (tls_port_is_at_certificate(s->ssl))
		come_to_certificate(s);
	result = tls_psk_hint_write(s);
	if (result == 0)
		result = mbedtls_ssl_handshake_step(s->ssl);
	if (result)
		return result;
	tls_port_change_server_keys(s->ssl);
	if (resumes_other_version(s))
		return MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER;
	return tls_client_auth_judge(s, was_at_client_certificate);
}

// Before the handshake was over.
static bool has_lost_psk(const tls_session *s)
{
	size_t length;

	return s->psk && !tls_psks_get_name(s->config->psks, s->psk, &length);
}

static int advance_handshake(tls_session *s)
{
	int result = 0;

	while (result == 0 && !mbedtls_ssl_is_handshake_over(s->ssl))
		result = s->role == TLS_SERVER ? step_server(s) : step_client(s);
	if (result == 0 && has_lost_psk(s))
		result = MBEDTLS_ERR_SSL_UNKNOWN_IDENTITY;
	// A TLS 1.3 server has its tickets to give still.
	if (result == 0)
		result = mbedtls_ssl_handshake(s->ssl);
	// mbedTLS may go on without the memory that it wanted, and send a Finished that was never computed.
	if (tls_alloc_has_failed() && (result == 0 || is_to_be_continued(result)))
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	return result ? result : tls_takeover(s);
}

static void advance(tls_session *s)
{
	s->starved = false;
	while (!s->starved && s->state == STATE_HANDSHAKE) {
		int result;

		prepare(s);
		result = advance_handshake(s);
		if (result < 0 && !is_to_be_continued(result))
			fail(s, result);
	}
}

tls_session *tls_session_new(tls_config *config, tls_role role, const char *server_name)
{
	tls_session *s;

	if (!config->sealed)
		return NULL;
	s = tls_calloc(1, sizeof(tls_session));
	if (!s)
		return NULL;
	s->role = role;
	s->failure.alert = TLS_ALERT_NONE;
	s->client = role == TLS_CLIENT ? tls_client_new(server_name) : NULL;
	if (role == TLS_CLIENT && !s->client) {
		tls_free(s);
		return NULL;
	}
	s->config = tls_config_retain(config);
	return s;
}

void tls_session_free(tls_session *s)
{
	if (!s)
		return;
	drop_all(s);
	tls_outbox_clear(&s->outbox);
	tls_config_release(s->config);
	tls_client_free(s->client);
	tls_free(s->asked);
	tls_free(s);
}

void tls_session_step(tls_session *s)
{
	if (s->state == STATE_IDLE && s->role == TLS_CLIENT)
		tls_session_begin(s);
	if (has_ssl(s))
		advance(s);
}

static size_t feed_library(tls_session *s, const uint8_t *ciphertext, size_t length)
{
	if (!has_ssl(s))
		return 0;
	s->in = ciphertext;
	s->in_left = length;
	advance(s);
	length -= s->in_left;
	s->in = NULL;
	s->in_left = 0;
	return length;
}

void tls_session_start_server(tls_session *s)
{
	if (tls_session_begin(s))
		feed_library(s, s->greeting->collector.record, s->greeting->collector.length);
}

size_t tls_session_feed(tls_session *s, const uint8_t *ciphertext, size_t length)
{
	size_t taken = 0;

	if (length && s->role == TLS_CLIENT && has_ssl(s) && !tls_record_can_begin_with(&s->place, ciphertext[0]))
		tls_session_refuse_in_clear(s, tls_record_refusal(ciphertext[0]), TLS_ALERT_UNEXPECTED_MESSAGE);
	if (s->state == STATE_IDLE && s->role == TLS_SERVER && length)
		taken = tls_session_collect_hello(s, ciphertext, length);
	if (taken < length)
		taken += feed_library(s, ciphertext + taken, length - taken);
	if (taken < length && s->state == STATE_OPEN)
		taken += tls_open_session_feed(s, ciphertext + taken, length - taken);
	s->taken = taken;
	return taken;
}

size_t tls_session_taken(const tls_session *s)
{
	return s->taken;
}

void tls_session_feed_end(tls_session *s)
{
	if (s->state == STATE_FAILED || s->state == STATE_PEER_ENDED)
		return;
	tls_session_end_with(s, (tls_failure){.code = TLS_E_TRUNCATED, .alert = TLS_ALERT_NONE});
}

size_t tls_session_pending(const tls_session *s)
{
	return s->outbox.pending;
}

size_t tls_session_drain(tls_session *s, uint8_t *ciphertext, size_t capacity)
{
	return tls_outbox_take(&s->outbox, ciphertext, capacity);
}

tls_status tls_session_status(const tls_session *s)
{
	if (s->state == STATE_FAILED)
		return TLS_FAIL;
	if (s->state == STATE_SELECTING)
		return TLS_WANTS_IDENTITY;
	if (s->outbox.pending)
		return TLS_WAIT_WRITE;
	return tls_session_is_established(s) ? TLS_OK : TLS_WAIT_READ;
}

bool tls_session_is_established(const tls_session *s)
{
	return s->state == STATE_OPEN || s->state == STATE_PEER_ENDED;
}

bool tls_session_is_ended_by_peer(const tls_session *s)
{
	return s->state == STATE_PEER_ENDED;
}

tls_failure tls_session_failure(const tls_session *s)
{
	return s->failure;
}
