#include "tls-record-limit.h"

enum {
	RECORD_TYPE_CHANGE_CIPHER_SPEC = 20,
	RECORD_TYPE_ALERT = 21,
	RECORD_TYPE_HANDSHAKE = 22,
	RECORD_TYPE_APPLICATION_DATA = 23,
};

static size_t body_length(const tls_record_place *place)
{
	return (size_t)place->header[3] << 8 | place->header[4];
}

static void pass_body(tls_record_place *place, const uint8_t *bytes, size_t length)
{
	size_t at = body_length(place) - place->body_left;

	for (size_t i = 0; i < length && at + i < sizeof(place->body); i++)
		place->body[at + i] = bytes[i];
	place->body_left -= length;
}

static bool pass_header(tls_record_place *place, uint8_t byte, size_t limit)
{
	place->header[place->header_length++] = byte;
	if (place->header_length < sizeof(place->header))
		return true;
	place->header_length = 0;
	place->body_left = body_length(place);
	return place->body_left <= limit + TLS_RECORD_EXPANSION;
}

bool tls_record_pass(tls_record_place *place, const uint8_t *bytes, size_t length, size_t limit)
{
	while (length) {
		size_t step = place->body_left < length ? place->body_left : length;

		if (step)
			pass_body(place, bytes, step);
		else if (pass_header(place, *bytes, limit))
			step = 1;
		else
			return false;
		bytes += step;
		length -= step;
	}
	return true;
}

bool tls_record_can_begin_with(const tls_record_place *place, uint8_t first)
{
	// No record is of type 0.
	bool has_begun = place->header_length || place->header[0];

	return has_begun || first == RECORD_TYPE_HANDSHAKE || first == RECORD_TYPE_ALERT;
}

tls_error tls_record_refusal(uint8_t first)
{
	return first >= RECORD_TYPE_CHANGE_CIPHER_SPEC && first <= RECORD_TYPE_APPLICATION_DATA ? TLS_E_UNEXPECTED_MESSAGE
	                                                                                        : TLS_E_NOT_TLS;
}

bool tls_record_is_plain_alert(const tls_record_place *place, uint8_t *description)
{
	*description = place->body[1];
	return place->header[0] == RECORD_TYPE_ALERT && body_length(place) == sizeof(place->body) && place->body_left == 0;
}
