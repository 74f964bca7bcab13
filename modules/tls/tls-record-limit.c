#include "tls-record-limit.h"

bool tls_record_pass(tls_record_place *place, const uint8_t *bytes, size_t length, size_t limit)
{
	while (length) {
		size_t step = place->body_left < length ? place->body_left : length;

		if (step) {
			place->body_left -= step;
		} else {
			step = 1;
			place->header[place->header_length++] = *bytes;
			if (place->header_length == sizeof(place->header)) {
				place->header_length = 0;
				place->body_left = (size_t)place->header[3] << 8 | place->header[4];
				if (place->body_left > limit + TLS_RECORD_EXPANSION)
					return false;
			}
		}
		bytes += step;
		length -= step;
	}
	return true;
}
