// One function a call of the caller's: it looks at the phase, and hands the call to the handshake or to the open
// session.

#include "tls-session.h"

#include "config/tls-config-memory.h"
#include "config/tls-config.h"
#include "handshake/tls-abort.h"
#include "handshake/tls-handshake.h"
#include "handshake/tls-server-start.h"
#include "negotiation/tls-retry.h"
#include "negotiation/tls-second-hello.h"
#include "open/tls-open.h"
#include "port/tls-alloc.h"
#include "tls-session-state.h"

xstls_session *xstls_session_new(xstls_config *config, xstls_role role, const char *server_name)
{
	xstls_session *session;
	xstls_state *s;

	if (!xstls_config_is_sealed(config))
		return NULL;
	session = xstls_calloc(1, sizeof(xstls_session));
	if (!session)
		return NULL;
	s = &session->handshake.state;
	s->role = role;
	s->failure.alert = TLS_ALERT_NONE;
	s->client = role == TLS_CLIENT ? xstls_client_new(server_name) : NULL;
	if (role == TLS_CLIENT && !s->client) {
		xstls_free(session);
		return NULL;
	}
	s->config = xstls_config_retain(config);
	return session;
}

void xstls_session_free(xstls_session *session)
{
	if (!session)
		return;
	xstls_handshake_free(&session->handshake);
	xstls_free(session);
}

void xstls_session_step(xstls_session *session)
{
	xstls_handshake *h = &session->handshake;

	if (h->state.phase == PHASE_IDLE && h->state.role == TLS_CLIENT)
		xstls_handshake_begin(h);
	if (h->state.phase == PHASE_HANDSHAKE)
		xstls_handshake_advance(h);
}

void xstls_session_ask_identity(xstls_session *session)
{
	session->handshake.asks_identity = true;
}

const xstls_hello *xstls_session_hello(const xstls_session *session)
{
	const xstls_handshake *h = &session->handshake;

	return h->state.phase == PHASE_SELECTING ? &h->hello->hello : NULL;
}

size_t xstls_session_hello_length(const xstls_session *session)
{
	const xstls_received_hello *received = session->handshake.hello;

	return received ? received->collector.length : 0;
}

size_t xstls_session_handshake_memory(const xstls_session *session, const xstls_config *config)
{
	const xstls_hello *hello = xstls_session_hello(session);

	return xstls_config_memory_for(config, xstls_session_hello_length(session), hello && hello->early_data);
}

size_t xstls_session_remaining_memory(const xstls_session *session)
{
	const xstls_handshake *h = &session->handshake;

	return h->state.phase == PHASE_HANDSHAKE ? xstls_config_client_memory(h->state.config, h->work->early != NULL) : 0;
}

bool xstls_session_use(xstls_session *session, xstls_config *config)
{
	xstls_state *s = &session->handshake.state;
	xstls_config *previous = s->config;

	if (s->phase != PHASE_SELECTING || !xstls_config_is_sealed(config))
		return false;
	s->config = xstls_config_retain(config);
	xstls_config_release(previous);
	xstls_server_start_continue(&session->handshake);
	return true;
}

void xstls_session_refuse(xstls_session *session)
{
	if (session->handshake.state.phase == PHASE_SELECTING)
		xstls_server_start_refuse(&session->handshake);
}

// A client that is answered by another protocol finds out by the first byte: mbedTLS would wait for what it takes for a
// long record.
static void check_first_byte(xstls_handshake *h, uint8_t first)
{
	// Over TLS 1.3 (RFC 8446 §5).
	if (first == TLS_CHANGE_CIPHER_SPEC && xstls_retry_is_expected(h))
		return;
	if (h->state.role == TLS_CLIENT && h->state.phase == PHASE_HANDSHAKE && !xstls_retry_has_begun(h) &&
	    !xstls_record_can_begin_with(&h->tracker, first))
		xstls_abort_in_clear(h, xstls_record_refusal(first), TLS_ALERT_UNEXPECTED_MESSAGE);
}

static size_t feed_handshake(xstls_handshake *h, const uint8_t *ciphertext, size_t length)
{
	size_t taken = 0, count = 1;

	while (taken < length && count && h->state.phase == PHASE_HANDSHAKE) {
		count = xstls_second_hello_begins(h, ciphertext[taken])
		            ? xstls_server_start_feed(h, ciphertext + taken, length - taken)
		            : xstls_handshake_feed(h, ciphertext + taken, length - taken);
		taken += count;
	}
	return taken;
}

// A phase that ends leaves the rest of the input to the next one.
size_t xstls_session_feed(xstls_session *session, const uint8_t *ciphertext, size_t length)
{
	xstls_handshake *h = &session->handshake;
	xstls_state *s = &h->state;
	size_t taken = 0;

	if (length)
		check_first_byte(h, ciphertext[0]);
	if (s->phase == PHASE_IDLE && s->role == TLS_SERVER && length)
		taken = xstls_server_start_feed(h, ciphertext, length);
	if (taken < length && s->phase == PHASE_HANDSHAKE)
		taken += feed_handshake(h, ciphertext + taken, length - taken);
	if (taken < length && s->phase == PHASE_OPEN)
		taken += xstls_open_feed(s, ciphertext + taken, length - taken);
	session->taken = taken;
	return taken;
}

size_t xstls_session_taken(const xstls_session *session)
{
	return session->taken;
}

void xstls_session_feed_end(xstls_session *session)
{
	const xstls_state *s = &session->handshake.state;

	if (s->phase == PHASE_FAILED || s->phase == PHASE_PEER_ENDED)
		return;
	xstls_handshake_fail(&session->handshake, (xstls_failure){.code = TLS_E_TRUNCATED, .alert = TLS_ALERT_NONE});
}

size_t xstls_session_pending(const xstls_session *session)
{
	return session->handshake.state.outbox.pending;
}

size_t xstls_session_drain(xstls_session *session, uint8_t *ciphertext, size_t capacity)
{
	return xstls_outbox_take(&session->handshake.state.outbox, ciphertext, capacity);
}

const uint8_t *xstls_session_ciphertext(const xstls_session *session, size_t *length)
{
	return xstls_outbox_look(&session->handshake.state.outbox, length);
}

void xstls_session_has_drained(xstls_session *session, size_t count)
{
	xstls_outbox_skip(&session->handshake.state.outbox, count);
}

size_t xstls_session_readable(const xstls_session *session)
{
	return xstls_open_readable(&session->handshake.state);
}

size_t xstls_session_read(xstls_session *session, uint8_t *plaintext, size_t capacity)
{
	return xstls_open_read(&session->handshake.state, plaintext, capacity);
}

const uint8_t *xstls_session_plaintext(const xstls_session *session)
{
	return xstls_open_plaintext(&session->handshake.state);
}

void xstls_session_has_read(xstls_session *session, size_t count)
{
	xstls_open_has_read(&session->handshake.state, count);
}

size_t xstls_session_writable(const xstls_session *session, size_t room)
{
	return xstls_open_writable(&session->handshake.state, room);
}

size_t xstls_session_write(xstls_session *session, const uint8_t *plaintext, size_t length)
{
	return xstls_open_write(&session->handshake.state, plaintext, length);
}

void xstls_session_close(xstls_session *session)
{
	xstls_open_close(&session->handshake.state);
}

xstls_status xstls_session_status(const xstls_session *session)
{
	const xstls_state *s = &session->handshake.state;

	if (s->phase == PHASE_FAILED)
		return TLS_FAIL;
	if (s->phase == PHASE_SELECTING)
		return TLS_WANTS_IDENTITY;
	if (s->outbox.pending)
		return TLS_WAIT_WRITE;
	return xstls_state_is_established(s) ? TLS_OK : TLS_WAIT_READ;
}

bool xstls_session_is_established(const xstls_session *session)
{
	return xstls_state_is_established(&session->handshake.state);
}

bool xstls_session_is_ended_by_peer(const xstls_session *session)
{
	return session->handshake.state.phase == PHASE_PEER_ENDED;
}

xstls_failure xstls_session_failure(const xstls_session *session)
{
	return session->handshake.state.failure;
}
