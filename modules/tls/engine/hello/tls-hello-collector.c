// The client may fragment the message as it likes (RFC 8446 §5.1). mbedTLS does not support all of that, so it gets one
// record, whatever came. Up to a browser's length it is one block, as long as announced, for blocks that grow would
// leave a small heap in pieces; beyond that memory is allocated as bytes come, not as a length announces them.

#include "tls-hello-collector.h"

#include <string.h>

#include "port/tls-alloc.h"

enum {
	RECORD_TYPE_HANDSHAKE = 22,
	CLIENT_HELLO = 1,
	MESSAGE_HEADER = 4,
	MOST_AT_ONCE = 2048,
	FIRST_CAPACITY = 512, // of a longer one
	MOST = TLS_HELLO_RECORD_HEADER + TLS_HELLO_LIMIT,
};

static size_t first_capacity(const xstls_hello_collector *c)
{
	return c->fragment_left <= MOST_AT_ONCE ? TLS_HELLO_RECORD_HEADER + c->fragment_left : FIRST_CAPACITY;
}

static bool grow(xstls_hello_collector *c, size_t needed)
{
	size_t capacity = c->capacity ? c->capacity : first_capacity(c);
	uint8_t *record;

	if (needed <= c->capacity)
		return true;
	while (capacity < needed)
		capacity *= 2;
	if (capacity > MOST)
		capacity = MOST;
	record = xstls_calloc(1, capacity);
	if (!record)
		return false;
	if (c->record)
		memcpy(record, c->record, c->length);
	xstls_free(c->record);
	c->record = record;
	c->capacity = capacity;
	return true;
}

static size_t message_length(const xstls_hello_collector *c)
{
	const uint8_t *message = c->record + TLS_HELLO_RECORD_HEADER;

	if (c->length < TLS_HELLO_RECORD_HEADER + MESSAGE_HEADER)
		return SIZE_MAX;
	return MESSAGE_HEADER + ((size_t)message[1] << 16 | message[2] << 8 | message[3]);
}

bool xstls_hello_is_complete(const xstls_hello_collector *c)
{
	return c->record && c->length - TLS_HELLO_RECORD_HEADER == message_length(c);
}

const uint8_t *xstls_hello_message(const xstls_hello_collector *c, size_t *length)
{
	*length = c->length - TLS_HELLO_RECORD_HEADER;
	return c->record + TLS_HELLO_RECORD_HEADER;
}

void xstls_hello_collector_clear(xstls_hello_collector *c)
{
	xstls_free(c->record);
	*c = (xstls_hello_collector){0};
}

static xstls_error end_header(xstls_hello_collector *c)
{
	c->fragment_left = (size_t)c->header[3] << 8 | c->header[4];
	if (c->header[1] != 3 || c->fragment_left == 0)
		return TLS_E_DECODE_ERROR;
	if (c->fragment_left > TLS_HELLO_LIMIT)
		return TLS_E_RECORD_OVERFLOW;
	return TLS_E_NONE;
}

bool xstls_hello_can_start_with(uint8_t first)
{
	return first == RECORD_TYPE_HANDSHAKE;
}

static xstls_error collect_header(xstls_hello_collector *c, const uint8_t *bytes, size_t count)
{
	if (c->header_length == 0 && bytes[0] != RECORD_TYPE_HANDSHAKE)
		return TLS_E_UNEXPECTED_MESSAGE;
	memcpy(c->header + c->header_length, bytes, count);
	c->header_length += count;
	return c->header_length == TLS_HELLO_RECORD_HEADER ? end_header(c) : TLS_E_NONE;
}

static xstls_error check_message(const xstls_hello_collector *c)
{
	size_t length = message_length(c);

	if (c->record[TLS_HELLO_RECORD_HEADER] != CLIENT_HELLO)
		return TLS_E_UNEXPECTED_MESSAGE;
	if (length == SIZE_MAX)
		return TLS_E_NONE;
	if (length > TLS_HELLO_LIMIT)
		return TLS_E_RECORD_OVERFLOW;
	// The ClientHello is alone in its records, for no other message of that flight follows it (RFC 8446 §5.1).
	return c->length - TLS_HELLO_RECORD_HEADER + c->fragment_left > length ? TLS_E_UNEXPECTED_MESSAGE : TLS_E_NONE;
}

static xstls_error collect_fragment(xstls_hello_collector *c, const uint8_t *bytes, size_t count)
{
	size_t start = c->length ? c->length : TLS_HELLO_RECORD_HEADER;

	if (start + count > MOST)
		return TLS_E_RECORD_OVERFLOW;
	if (!grow(c, start + count))
		return TLS_E_MEMORY;
	memcpy(c->record + start, bytes, count);
	c->length = start + count;
	c->fragment_left -= count;
	if (c->fragment_left == 0)
		c->header_length = 0;
	return check_message(c);
}

void xstls_hello_write_record_header(uint8_t *record, size_t length)
{
	const uint8_t header[] = {RECORD_TYPE_HANDSHAKE, 3, 1, (uint8_t)(length >> 8), (uint8_t)length};

	memcpy(record, header, sizeof(header));
}

xstls_error xstls_hello_collect(xstls_hello_collector *c, const uint8_t *bytes, size_t length, size_t *taken)
{
	xstls_error error = TLS_E_NONE;

	*taken = 0;
	while (error == TLS_E_NONE && *taken < length && !xstls_hello_is_complete(c)) {
		bool in_header = c->fragment_left == 0;
		size_t wanted = in_header ? TLS_HELLO_RECORD_HEADER - c->header_length : c->fragment_left;
		size_t count = wanted < length - *taken ? wanted : length - *taken;

		error = in_header ? collect_header(c, bytes + *taken, count) : collect_fragment(c, bytes + *taken, count);
		*taken += count;
	}
	if (error == TLS_E_NONE && xstls_hello_is_complete(c))
		xstls_hello_write_record_header(c->record, c->length - TLS_HELLO_RECORD_HEADER);
	return error;
}
