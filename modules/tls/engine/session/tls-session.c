// One function a call of the caller's: it looks at the phase, and hands the call to the handshake or to the open
// session.

#include "tls-session.h"

#include "config/tls-config.h"
#include "handshake/tls-abort.h"
#include "handshake/tls-handshake.h"
#include "handshake/tls-server-start.h"
#include "open/tls-open.h"
#include "port/tls-alloc.h"
#include "tls-session-state.h"

tls_session *tls_session_new(tls_config *config, tls_role role, const char *server_name)
{
	tls_session *session;
	tls_state *s;

	if (!tls_config_is_sealed(config))
		return NULL;
	session = tls_calloc(1, sizeof(tls_session));
	if (!session)
		return NULL;
	s = &session->handshake.state;
	s->role = role;
	s->failure.alert = TLS_ALERT_NONE;
	s->client = role == TLS_CLIENT ? tls_client_new(server_name) : NULL;
	if (role == TLS_CLIENT && !s->client) {
		tls_free(session);
		return NULL;
	}
	s->config = tls_config_retain(config);
	return session;
}

void tls_session_free(tls_session *session)
{
	if (!session)
		return;
	tls_handshake_free(&session->handshake);
	tls_free(session);
}

void tls_session_step(tls_session *session)
{
	tls_handshake *h = &session->handshake;

	if (h->state.phase == PHASE_IDLE && h->state.role == TLS_CLIENT)
		tls_handshake_begin(h);
	if (h->state.phase == PHASE_HANDSHAKE)
		tls_handshake_advance(h);
}

void tls_session_ask_identity(tls_session *session)
{
	session->handshake.asks_identity = true;
}

const tls_hello *tls_session_hello(const tls_session *session)
{
	const tls_handshake *h = &session->handshake;

	return h->state.phase == PHASE_SELECTING ? &h->hello->hello : NULL;
}

bool tls_session_use(tls_session *session, tls_config *config)
{
	tls_state *s = &session->handshake.state;
	tls_config *previous = s->config;

	if (s->phase != PHASE_SELECTING || !tls_config_is_sealed(config))
		return false;
	s->config = tls_config_retain(config);
	tls_config_release(previous);
	tls_server_start_continue(&session->handshake);
	return true;
}

void tls_session_refuse(tls_session *session)
{
	if (session->handshake.state.phase == PHASE_SELECTING)
		tls_server_start_refuse(&session->handshake, TLS_E_UNRECOGNIZED_NAME);
}

// A client that is answered by another protocol finds out by the first byte: mbedTLS would wait for what it takes for a
// long record.
static void check_first_byte(tls_handshake *h, uint8_t first)
{
	if (h->state.role == TLS_CLIENT && h->state.phase == PHASE_HANDSHAKE &&
	    !tls_record_can_begin_with(&h->tracker, first))
		tls_abort_in_clear(h, tls_record_refusal(first), TLS_ALERT_UNEXPECTED_MESSAGE);
}

// A phase that ends leaves the rest of the input to the next one.
size_t tls_session_feed(tls_session *session, const uint8_t *ciphertext, size_t length)
{
	tls_handshake *h = &session->handshake;
	tls_state *s = &h->state;
	size_t taken = 0;

	if (length)
		check_first_byte(h, ciphertext[0]);
	if (s->phase == PHASE_IDLE && s->role == TLS_SERVER && length)
		taken = tls_server_start_feed(h, ciphertext, length);
	if (taken < length && s->phase == PHASE_HANDSHAKE)
		taken += tls_handshake_feed(h, ciphertext + taken, length - taken);
	if (taken < length && s->phase == PHASE_OPEN)
		taken += tls_open_feed(s, ciphertext + taken, length - taken);
	session->taken = taken;
	return taken;
}

size_t tls_session_taken(const tls_session *session)
{
	return session->taken;
}

void tls_session_feed_end(tls_session *session)
{
	const tls_state *s = &session->handshake.state;

	if (s->phase == PHASE_FAILED || s->phase == PHASE_PEER_ENDED)
		return;
	tls_handshake_fail(&session->handshake, (tls_failure){.code = TLS_E_TRUNCATED, .alert = TLS_ALERT_NONE});
}

size_t tls_session_pending(const tls_session *session)
{
	return session->handshake.state.outbox.pending;
}

size_t tls_session_drain(tls_session *session, uint8_t *ciphertext, size_t capacity)
{
	return tls_outbox_take(&session->handshake.state.outbox, ciphertext, capacity);
}

size_t tls_session_readable(const tls_session *session)
{
	return tls_open_readable(&session->handshake.state);
}

size_t tls_session_read(tls_session *session, uint8_t *plaintext, size_t capacity)
{
	return tls_open_read(&session->handshake.state, plaintext, capacity);
}

size_t tls_session_writable(const tls_session *session, size_t room)
{
	return tls_open_writable(&session->handshake.state, room);
}

size_t tls_session_write(tls_session *session, const uint8_t *plaintext, size_t length)
{
	return tls_open_write(&session->handshake.state, plaintext, length);
}

void tls_session_close(tls_session *session)
{
	tls_open_close(&session->handshake.state);
}

tls_status tls_session_status(const tls_session *session)
{
	const tls_state *s = &session->handshake.state;

	if (s->phase == PHASE_FAILED)
		return TLS_FAIL;
	if (s->phase == PHASE_SELECTING)
		return TLS_WANTS_IDENTITY;
	if (s->outbox.pending)
		return TLS_WAIT_WRITE;
	return tls_state_is_established(s) ? TLS_OK : TLS_WAIT_READ;
}

bool tls_session_is_established(const tls_session *session)
{
	return tls_state_is_established(&session->handshake.state);
}

bool tls_session_is_ended_by_peer(const tls_session *session)
{
	return session->handshake.state.phase == PHASE_PEER_ENDED;
}

tls_failure tls_session_failure(const tls_session *session)
{
	return session->handshake.state.failure;
}
