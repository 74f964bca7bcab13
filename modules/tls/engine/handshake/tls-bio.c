#include "tls-bio.h"

#include <string.h>

#include "port/messages/tls-port-input.h"
#include "port/messages/tls-port-pieces.h"
#include "record/tls-record-limits.h"
#include "negotiation/tls-answer.h"
#include "negotiation/tls-retry.h"
#include "negotiation/tls-second-hello.h"
#include "tls-fragments.h"

enum {
	PLAIN_ALERT = TLS_RECORD_HEADER + 2,
	// TLS 1.3 pads what it encrypts, the inner type included, to a multiple of this.
	PADDING_UNIT = MBEDTLS_SSL_CID_TLS1_3_PADDING_GRANULARITY,
	// An encrypted TLS 1.3 alert: two bytes and the inner type, padded, and a tag of 16 or 8. The one handshake message
	// that padding can make as short is EncryptedExtensions, after which only a lack of memory makes us fail.
	PADDED_ALERT = (2 + 1 + PADDING_UNIT - 1) / PADDING_UNIT * PADDING_UNIT,
	ENCRYPTED_ALERT_16 = PADDED_ALERT + 16,
	ENCRYPTED_ALERT_8 = PADDED_ALERT + 8,
};

static bool is_alert_record(const uint8_t *record, size_t length)
{
	if (length <= TLS_RECORD_HEADER)
		return false;
	if (record[0] == TLS_ALERT)
		return true;
	length -= TLS_RECORD_HEADER;
	return record[0] == TLS_APPLICATION_DATA && (length == ENCRYPTED_ALERT_16 || length == ENCRYPTED_ALERT_8);
}

static bool send_plain_alert(xstls_handshake *h, uint8_t level, uint8_t description)
{
	uint8_t alert = xstls_answer_alert(h, description);
	const uint8_t record[PLAIN_ALERT] = {TLS_ALERT, 3, 3, 0, 2, level, alert};

	h->plain_alert = alert;
	return xstls_outbox_put(&h->state.outbox, record, sizeof(record));
}

// A TLS 1.3 client begins its second flight with a change_cipher_spec, for middleboxes (RFC 8446 §D.4), and some
// servers wait for it. mbedTLS sends one, but not before an alert that is all of the flight.
static bool begin_second_flight(xstls_handshake *h, uint8_t type)
{
	static const uint8_t change_cipher_spec[] = {TLS_CHANGE_CIPHER_SPEC, 3, 3, 0, 1, 1};
	bool has_changed = h->changed_cipher_spec;

	h->changed_cipher_spec |= type == TLS_CHANGE_CIPHER_SPEC || type == TLS_APPLICATION_DATA;
	if (has_changed || type != TLS_APPLICATION_DATA || h->state.role == TLS_SERVER)
		return true;
	return xstls_outbox_put(&h->state.outbox, change_cipher_spec, sizeof(change_cipher_spec));
}

static bool put_record(xstls_handshake *h, const uint8_t *record, size_t length)
{
	bool is_alert = h->wrote_alert, is_done;

	if (record[0] == TLS_HANDSHAKE)
		return xstls_fragments_put_plain(h, record, length);
	if (record[0] != TLS_APPLICATION_DATA)
		return xstls_outbox_put(&h->state.outbox, record, length);
	is_done = xstls_fragments_put_encrypted(h, record, length, &is_alert);
	h->wrote_alert = is_alert;
	return is_done;
}

// What the peer says beyond its flight it cannot know yet. What is encrypted over TLS 1.3 may be an alert, in the
// middle of the peer's flight; what stands behind that flight shows by the change of keys.
static bool is_out_of_turn(xstls_handshake *h, uint8_t type)
{
	if (h->only_alerts || type == TLS_ALERT || type == TLS_APPLICATION_DATA || !xstls_port_has_more(h->ssl))
		return false;
	h->refused = TLS_E_UNEXPECTED_MESSAGE;
	return true;
}

bool xstls_bio_came_plain_alert(const xstls_handshake *h, uint8_t *description)
{
	return xstls_record_is_plain_alert(&h->tracker, description) && xstls_port_input_keys(h->ssl) &&
	       mbedtls_ssl_get_version_number(h->ssl) == MBEDTLS_SSL_VERSION_TLS1_3;
}

// Alerts are not answered (RFC 8446 §6.2), and mbedTLS takes such a one for a record that was tampered with.
static bool answers_alert(const xstls_handshake *h, const uint8_t *record, size_t length)
{
	uint8_t description;

	return is_alert_record(record, length) && xstls_bio_came_plain_alert(h, &description);
}

static bool send_record(xstls_handshake *h, const uint8_t *record, size_t length)
{
	xstls_handshake_span sent = {record, length};

	if (answers_alert(h, record, length))
		return true;
	if (h->only_alerts && record[0] != TLS_ALERT && record[0] != TLS_APPLICATION_DATA)
		return true;
	if (is_out_of_turn(h, record[0]))
		return false;
	if (!begin_second_flight(h, record[0]))
		return false;
	h->wrote_alert = is_alert_record(record, length);
	h->plain_alert = TLS_ALERT_NONE;
	if (h->wrote_alert && length == PLAIN_ALERT)
		return send_plain_alert(h, record[PLAIN_ALERT - 2], record[PLAIN_ALERT - 1]);
	return xstls_retry_send(h, &sent) && xstls_second_hello_note_request(h, record, length) &&
	       put_record(h, sent.data, sent.length);
}

// mbedTLS may send several records at once.
static int on_send(void *context, const unsigned char *records, size_t length)
{
	xstls_handshake *h = context;

	for (size_t at = 0; at < length;) {
		const uint8_t *record = records + at;
		size_t count = TLS_RECORD_HEADER + ((size_t)record[3] << 8 | record[4]);

		if (!send_record(h, record, count)) {
			h->wrote_alert = false;
			return MBEDTLS_ERR_SSL_ALLOC_FAILED;
		}
		at += count;
	}
	return (int)length;
}

static bool begins_record(const xstls_handshake *h)
{
	return h->tracker.header_length == 0 && h->tracker.body_left == 0;
}

// Whether the record whose header ends within `count` bytes, if there is one, fits mbedTLS's buffer.
static bool fits(xstls_handshake *h, size_t count)
{
	xstls_record_tracker next = h->tracker;
	size_t record;

	if (next.body_left || !xstls_record_track(&next, h->in, count, TLS_RECORD_MOST) || !next.body_left)
		return true;
	record = TLS_RECORD_HEADER + next.body_left;
	if (xstls_port_has_room(h->ssl, record))
		return true;
	h->long_record = (uint16_t)record;
	return false;
}

// Over TLS 1.3 records of change_cipher_spec may come at any time before Finished, and mean nothing (RFC 8446 §5).
static bool may_change_cipher_spec(xstls_handshake *h)
{
	return h->tracker.header[0] != TLS_CHANGE_CIPHER_SPEC || h->change_cipher_specs++ < TLS_CHANGE_CIPHER_SPECS_MOST;
}

// RFC 5246 §6, RFC 8446 §5: a record of a known type, and over TLS 1.3 none of a handshake in the clear once there are
// keys. An alert in the clear may come of OpenSSL's client.
static bool may_come(const xstls_handshake *h)
{
	const uint8_t type = h->tracker.header[0];

	if (type == TLS_HANDSHAKE)
		return !xstls_port_input_keys(h->ssl) || mbedtls_ssl_get_version_number(h->ssl) != MBEDTLS_SSL_VERSION_TLS1_3;
	return type >= TLS_CHANGE_CIPHER_SPEC && type <= TLS_APPLICATION_DATA;
}

// Whether mbedTLS may have the next `count` bytes, of which it asks for a header or a part of a body at a time.
static bool track(xstls_handshake *h, size_t count)
{
	bool was_in_body = h->tracker.body_left;

	if (begins_record(h) && xstls_port_passed_alert(h->ssl) != TLS_ALERT_NONE &&
	    h->passed_alerts++ == TLS_PASSED_ALERTS_MOST)
		h->refused = TLS_E_UNEXPECTED_MESSAGE;
	else if (!xstls_record_track(&h->tracker, h->in, count, TLS_RECORD_MOST))
		h->refused = TLS_E_RECORD_OVERFLOW;
	else if (!was_in_body && h->tracker.header_length == 0 && !(may_come(h) && may_change_cipher_spec(h)))
		h->refused = TLS_E_UNEXPECTED_MESSAGE;
	return h->refused == TLS_E_NONE;
}

// RFC 8446 §5: such a record is not to be encrypted.
static bool came_protected_change_cipher_spec(const xstls_handshake *h)
{
	return h->tracker.header[0] == TLS_APPLICATION_DATA && xstls_port_came_change_cipher_spec(h->ssl);
}

// What mbedTLS passes over, and asks for the next record: 0, or the error to end with. The alerts of TLS 1.3 are
// errors, whatever their level (RFC 8446 §6), but user_canceled.
static int judge_last_record(xstls_handshake *h)
{
	const uint8_t alert = xstls_port_passed_alert(h->ssl);

	if (xstls_port_came_empty(h->ssl) || came_protected_change_cipher_spec(h)) {
		h->refused = TLS_E_UNEXPECTED_MESSAGE;
		return MBEDTLS_ERR_SSL_INVALID_RECORD;
	}
	return h->tracker.header[0] == TLS_APPLICATION_DATA && alert != TLS_ALERT_NONE && alert != TLS_ALERT_USER_CANCELED
	           ? MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE
	           : 0;
}

// mbedTLS asks for exactly the bytes of the record that it is on, so nothing is read ahead.
static int on_receive(void *context, unsigned char *into, size_t capacity)
{
	xstls_handshake *h = context;
	size_t count = capacity < h->in_left ? capacity : h->in_left;
	int result;

	if (xstls_port_has_header(h->ssl))
		return MBEDTLS_ERR_SSL_WANT_READ;
	result = !h->hello && begins_record(h) ? judge_last_record(h) : 0;
	if (result)
		return result;
	if (count == 0 || (!h->hello && xstls_second_hello_begins(h, h->in[0]))) {
		h->starved = true;
		return MBEDTLS_ERR_SSL_WANT_READ;
	}
	if (!h->hello && !fits(h, count))
		return MBEDTLS_ERR_SSL_WANT_READ;
	if (!h->hello && !track(h, count))
		return MBEDTLS_ERR_SSL_BAD_INPUT_DATA;
	memcpy(into, h->in, count);
	h->in += count;
	h->in_left -= count;
	// All memory that there is may be needed for the answer.
	if (h->in_left == 0)
		xstls_handshake_free_read_hello(h);
	return (int)count;
}

void xstls_bio_set_up(xstls_handshake *h)
{
	mbedtls_ssl_set_bio(h->ssl, h, on_send, on_receive, NULL);
}
