#include "tls-post-handshake.h"

#include "tls-client-ticket.h"

enum {
	HELLO_REQUEST = 0,
	NEW_SESSION_TICKET = 4,
	KEY_UPDATE = 24,
	UPDATE_NOT_REQUESTED = 0,
	UPDATE_REQUESTED = 1,
	WARNING = 1,
	// Bytes of a NewSessionTicket: lifetime, age, and its nonce, ticket and extensions with their lengths.
	MOST_TICKET_MESSAGE = 4 + 4 + 1 + 255 + 2 + 65535 + 2 + 65534,
};

// AES-GCM is good for 2^24.5 records of full size (RFC 8446 §5.5).
static const uint64_t most_records = UINT64_C(1) << 24;

static bool is_1_3(const xstls_state *s)
{
	return s->records->in.protection.version == TLS_1_3;
}

static void end_by_alert(xstls_state *s, uint8_t description)
{
	xstls_state_fail(s, (xstls_failure){
	                        .code = TLS_E_ALERT_RECEIVED,
	                        .alert = description,
	                        .alert_received = true,
	                    });
}

xstls_error xstls_post_handshake_alert(xstls_state *s, const xstls_opened *opened)
{
	if (opened->length != 2)
		return opened->length ? TLS_E_DECODE_ERROR : TLS_E_UNEXPECTED_MESSAGE; // RFC 8446 §5.4
	const uint8_t level = opened->data[0], description = opened->data[1];

	if (description == TLS_ALERT_CLOSE_NOTIFY)
		s->phase = PHASE_PEER_ENDED;
	// In TLS 1.3 all but user_canceled are fatal, whatever their level (RFC 8446 §6).
	else if (is_1_3(s) ? description != TLS_ALERT_USER_CANCELED : level != WARNING)
		end_by_alert(s, description);
	return TLS_E_NONE;
}

// Judges a message by its type and length, before memory is allocated for it.
static xstls_error judge_header(const xstls_state *s, const uint8_t *header, size_t length)
{
	const uint8_t type = header[0];
	const bool is_client = s->role == TLS_CLIENT;

	if (type == KEY_UPDATE && is_1_3(s))
		return length == 1 ? TLS_E_NONE : TLS_E_DECODE_ERROR;
	if (type == NEW_SESSION_TICKET && is_1_3(s) && is_client)
		return length <= MOST_TICKET_MESSAGE ? TLS_E_NONE : TLS_E_DECODE_ERROR;
	// A client may ignore it (RFC 5246 §7.4.1.1), and take_message does.
	if (type == HELLO_REQUEST && !is_1_3(s) && is_client)
		return length == 0 ? TLS_E_NONE : TLS_E_DECODE_ERROR;
	return TLS_E_UNEXPECTED_MESSAGE;
}

static xstls_error take_key_update(xstls_state *s, uint8_t request, bool ends_record)
{
	if (!ends_record)
		return TLS_E_UNEXPECTED_MESSAGE;
	if (request > UPDATE_REQUESTED)
		return TLS_E_ILLEGAL_PARAMETER;
	if (request == UPDATE_REQUESTED)
		s->records->owes_update = true;
	return xstls_records_update(&s->records->in, PSA_KEY_USAGE_DECRYPT) ? TLS_E_NONE : TLS_E_MEMORY;
}

static xstls_error take_message(xstls_state *s, const xstls_assembly *message, bool ends_record)
{
	switch (message->header[0]) {
	case KEY_UPDATE:
		return take_key_update(s, message->body[0], ends_record);
	case NEW_SESSION_TICKET:
		return message->length > TLS_CLIENT_MOST_TICKET ? TLS_E_NONE
		                                                : xstls_client_ticket_take(s, message->body, message->length);
	default:
		return TLS_E_NONE;
	}
}

static xstls_error begin_message(xstls_state *s)
{
	xstls_assembly *message = &s->records->message;
	const size_t length = (size_t)message->header[1] << 16 | (size_t)message->header[2] << 8 | message->header[3];
	const xstls_error error = judge_header(s, message->header, length);

	if (error != TLS_E_NONE)
		return error;
	if (length > TLS_CLIENT_MOST_TICKET) {
		xstls_assembly_skip_body(message, length);
		return TLS_E_NONE;
	}
	return xstls_assembly_begin_body(message, length) ? TLS_E_NONE : TLS_E_MEMORY;
}

xstls_error xstls_post_handshake_messages(xstls_state *s, const xstls_opened *opened)
{
	xstls_assembly *message = &s->records->message;
	xstls_error error = opened->length ? TLS_E_NONE : TLS_E_UNEXPECTED_MESSAGE;

	for (size_t at = 0; at < opened->length && error == TLS_E_NONE;) {
		if (!xstls_assembly_has_header(message)) {
			at += xstls_assembly_take_header(message, opened->data + at, opened->length - at);
			if (xstls_assembly_has_header(message))
				error = begin_message(s);
		}
		if (error != TLS_E_NONE)
			break;
		at += xstls_assembly_take_body(message, opened->data + at, opened->length - at);
		if (!xstls_assembly_is_whole(message))
			continue;
		error = take_message(s, message, at == opened->length);
		xstls_assembly_clear(message);
	}
	return error;
}

bool xstls_post_handshake_update(xstls_state *s)
{
	static const uint8_t update[] = {KEY_UPDATE, 0, 0, 1, UPDATE_NOT_REQUESTED};
	xstls_records *r = s->records;
	xstls_direction next;

	if (!is_1_3(s) || (!r->owes_update && r->out.protection.sequence < most_records))
		return true;
	// The next key comes first: a failure after the record is out could not be reported, for the peer would expect an
	// alert under that key.
	if (!xstls_records_next(&r->out, PSA_KEY_USAGE_ENCRYPT, &next))
		return false;
	if (!xstls_records_put(r, &s->outbox, TLS_HANDSHAKE, update, sizeof(update))) {
		xstls_direction_clear(&next);
		return false;
	}
	xstls_direction_take(&r->out, &next);
	r->owes_update = false;
	return true;
}
