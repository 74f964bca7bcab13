#include "tls-record-tracker.h"

#include "tls-protection.h"
#include "tls-record-limits.h"

static size_t body_length(const xstls_record_tracker *t)
{
	return (size_t)t->header[3] << 8 | t->header[4];
}

static void track_body(xstls_record_tracker *t, const uint8_t *bytes, size_t length)
{
	size_t at = body_length(t) - t->body_left;

	for (size_t i = 0; i < length && at + i < sizeof(t->body); i++)
		t->body[at + i] = bytes[i];
	t->body_left -= length;
}

static bool track_header(xstls_record_tracker *t, uint8_t byte, size_t limit)
{
	t->header[t->header_length++] = byte;
	if (t->header_length < sizeof(t->header))
		return true;
	t->header_length = 0;
	t->body_left = body_length(t);
	return t->body_left <= limit + TLS_RECORD_EXPANSION;
}

bool xstls_record_track(xstls_record_tracker *t, const uint8_t *bytes, size_t length, size_t limit)
{
	while (length) {
		size_t step = t->body_left < length ? t->body_left : length;

		if (step)
			track_body(t, bytes, step);
		else if (track_header(t, *bytes, limit))
			step = 1;
		else
			return false;
		bytes += step;
		length -= step;
	}
	return true;
}

bool xstls_record_can_begin_with(const xstls_record_tracker *t, uint8_t first)
{
	// No record is of type 0.
	bool has_begun = t->header_length || t->header[0];

	return has_begun || first == TLS_HANDSHAKE || first == TLS_ALERT;
}

xstls_error xstls_record_refusal(uint8_t first)
{
	return first >= TLS_CHANGE_CIPHER_SPEC && first <= TLS_APPLICATION_DATA ? TLS_E_UNEXPECTED_MESSAGE : TLS_E_NOT_TLS;
}

bool xstls_record_is_plain_alert(const xstls_record_tracker *t, uint8_t *description)
{
	*description = t->body[1];
	return t->header[0] == TLS_ALERT && body_length(t) == sizeof(t->body) && t->body_left == 0;
}
