#include "tls-open.h"

#include <string.h>

#include "port/tls-alert.h"
#include "tls-post-handshake.h"

enum {
	FATAL = 2,
	WARNING = 1,
	// In a row without plaintext: empty records, warnings, KeyUpdates, tickets, in however many pieces they come.
	MOST_EMPTY = 32,
};

static bool put_alert(xstls_state *s, uint8_t level, uint8_t description)
{
	const uint8_t alert[] = {level, description};

	return xstls_records_put(s->records, &s->outbox, TLS_ALERT, alert, sizeof(alert));
}

static void fail(xstls_state *s, xstls_error code)
{
	const uint8_t alert = xstls_alert_of(code);
	const bool is_sent = !s->close_sent && put_alert(s, FATAL, alert);

	xstls_state_fail(s, (xstls_failure){.code = code, .alert = is_sent ? alert : TLS_ALERT_NONE});
}

static xstls_error take_plaintext(xstls_records *r, const xstls_opened *opened)
{
	r->unread = opened->data;
	r->unread_length = opened->length;
	return TLS_E_NONE;
}

// Whether more is to come of a message. The pieces of one that is passed over count, for it may have 131 kB.
static bool ends_in_message(const xstls_assembly *message)
{
	return !xstls_assembly_is_empty(message) && (!xstls_assembly_has_header(message) || message->body);
}

static xstls_error count_empty(xstls_records *r)
{
	if (ends_in_message(&r->message))
		return TLS_E_NONE;
	if (r->unread_length)
		r->empty_records = 0;
	else if (r->empty_records++ == MOST_EMPTY)
		return TLS_E_UNEXPECTED_MESSAGE;
	return TLS_E_NONE;
}

static xstls_error dispatch(xstls_state *s, const xstls_opened *opened)
{
	// Nothing may come between the records of a handshake message (RFC 8446 §5.1).
	if (opened->type != TLS_HANDSHAKE && !xstls_assembly_is_empty(&s->records->message))
		return TLS_E_UNEXPECTED_MESSAGE;
	switch (opened->type) {
	case TLS_APPLICATION_DATA:
		return take_plaintext(s->records, opened);
	case TLS_ALERT:
		return xstls_post_handshake_alert(s, opened);
	case TLS_HANDSHAKE:
		return xstls_post_handshake_messages(s, opened);
	default:
		return TLS_E_UNEXPECTED_MESSAGE;
	}
}

static xstls_error take_record(xstls_state *s)
{
	xstls_opened opened;
	xstls_error error = xstls_records_open(s->records, &opened);

	if (error == TLS_E_NONE)
		error = dispatch(s, &opened);
	return error == TLS_E_NONE && s->phase == PHASE_OPEN ? count_empty(s->records) : error;
}

// Takes input for one record; returns how many bytes.
static size_t feed_record(xstls_state *s, const uint8_t *ciphertext, size_t length)
{
	size_t taken;
	xstls_error error = xstls_records_take(s->records, ciphertext, length, &taken);

	if (error == TLS_E_NONE && xstls_assembly_is_whole(&s->records->record))
		error = take_record(s);
	if (error != TLS_E_NONE)
		fail(s, error);
	else if (s->records && s->records->unread_length == 0 && xstls_assembly_is_whole(&s->records->record))
		xstls_records_clear(s->records);
	return taken;
}

size_t xstls_open_feed(xstls_state *s, const uint8_t *ciphertext, size_t length)
{
	size_t taken = 0, count = 1;

	// None is taken while a long record waits for memory.
	while (taken < length && count && s->phase == PHASE_OPEN && s->records->unread_length == 0) {
		count = feed_record(s, ciphertext + taken, length - taken);
		taken += count;
	}
	return taken;
}

size_t xstls_open_readable(const xstls_state *s)
{
	return s->phase == PHASE_OPEN ? s->records->unread_length : 0;
}

const uint8_t *xstls_open_plaintext(const xstls_state *s)
{
	return xstls_open_readable(s) ? s->records->unread : NULL;
}

void xstls_open_has_read(xstls_state *s, size_t count)
{
	xstls_records *r = s->records;

	r->unread += count;
	r->unread_length -= count;
	if (r->unread_length == 0)
		xstls_records_clear(r);
}

size_t xstls_open_read(xstls_state *s, uint8_t *plaintext, size_t capacity)
{
	const size_t readable = xstls_open_readable(s), count = capacity < readable ? capacity : readable;

	if (count == 0)
		return 0;
	memcpy(plaintext, s->records->unread, count);
	xstls_open_has_read(s, count);
	return count;
}

// The peer's close_notify ends the peer's direction only (RFC 8446 §6.1).
static bool can_write(const xstls_state *s)
{
	return xstls_state_is_established(s) && !s->close_sent;
}

size_t xstls_open_write(xstls_state *s, const uint8_t *plaintext, size_t length)
{
	size_t written = 0;

	if (!can_write(s))
		return 0;
	while (written < length) {
		const size_t left = length - written, count = left < s->records->most_out ? left : s->records->most_out;

		if (!xstls_post_handshake_update(s) ||
		    !xstls_records_put(s->records, &s->outbox, TLS_APPLICATION_DATA, plaintext + written, count)) {
			fail(s, TLS_E_MEMORY);
			return 0;
		}
		written += count;
	}
	return length;
}

void xstls_open_close(xstls_state *s)
{
	if (!can_write(s))
		return;
	if (put_alert(s, WARNING, TLS_ALERT_CLOSE_NOTIFY))
		s->close_sent = true;
	else
		fail(s, TLS_E_MEMORY);
}

size_t xstls_open_writable(const xstls_state *s, size_t room)
{
	size_t expansion, whole, rest;

	if (!can_write(s))
		return 0;
	expansion = xstls_protection_expansion(&s->records->out.protection);
	whole = expansion + s->records->most_out;
	rest = room % whole;
	return room / whole * s->records->most_out + (rest > expansion ? rest - expansion : 0);
}
