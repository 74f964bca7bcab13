// - After a HelloRetryRequest all encrypted records are early data, until the second ClientHello (tls-second-hello.h).
// - Else the client's second flight is encrypted as well, under other keys: the first record that can be opened with
//   the client's handshake key begins it. One that is longer than that can be is not tried.

#include "tls-early-data.h"

#include <string.h>

#include "config/tls-config-state.h"
#include "port/tls-alloc.h"
#include "port/tls-port-handshake.h"
#include "record/tls-record-limits.h"

enum {
	MOST_DATA = 16384, // bytes of it; no ticket of ours allows any
	MOST_RECORDS = 64,
	// Of the record with a Finished, which is all that is expected of a client that is asked for no certificate.
	MOST_FINISHED = TLS_RECORD_HEADER + 256,
};

bool xstls_early_data_expect(xstls_handshake *h)
{
	const xstls_hello *hello = h->hello ? &h->hello->hello : NULL;
	xstls_early_data *early;

	if (!hello || !hello->early_data || h->state.config->highest != TLS_1_3 ||
	    !xstls_hello_lists(hello->versions, TLS_1_3))
		return true;
	h->work->early = early = xstls_calloc(1, sizeof(xstls_early_data));
	if (!early)
		return false;
	early->data_left = MOST_DATA;
	early->records_left = MOST_RECORDS;
	return true;
}

static void drop_record(xstls_early_data *early)
{
	xstls_free(early->record);
	early->record = NULL;
	early->header_length = 0;
}

static size_t body_length(const xstls_early_data *early)
{
	return (size_t)early->header[3] << 8 | early->header[4];
}

// Counts a record that is passed over.
static xstls_error pass_over(xstls_early_data *early)
{
	enum { LEAST_EXPANSION = 17 }; // type and tag
	const size_t body = body_length(early), data = body > LEAST_EXPANSION ? body - LEAST_EXPANSION : 0;

	if (data > early->data_left || early->records_left == 0)
		return TLS_E_UNEXPECTED_MESSAGE;
	early->data_left -= data;
	early->records_left--;
	return TLS_E_NONE;
}

static bool may_be_early(const xstls_early_data *early)
{
	return early->header[0] == TLS_APPLICATION_DATA;
}

// The longest record that may be the first of the client's second flight: longer ones take no memory.
static size_t most_tried(const xstls_handshake *h)
{
	return h->state.config->verify[TLS_SERVER] == TLS_VERIFY_NONE ? MOST_FINISHED : h->most_record;
}

static xstls_error begin_body(const xstls_handshake *h, xstls_early_data *early)
{
	const size_t length = body_length(early);
	const bool is_in_vain = xstls_port_is_at_client_hello(h->ssl) || TLS_RECORD_HEADER + length > most_tried(h);

	if (length > TLS_RECORD_MOST + TLS_RECORD_EXPANSION)
		return TLS_E_RECORD_OVERFLOW;
	early->body_left = length;
	if (may_be_early(early) && is_in_vain)
		return pass_over(early);
	// mbedTLS refuses it; it need not be kept for that.
	if (TLS_RECORD_HEADER + length > h->most_record)
		return TLS_E_RECORD_OVERFLOW;
	early->record = xstls_calloc(1, TLS_RECORD_HEADER + length);
	if (!early->record)
		return TLS_E_MEMORY;
	memcpy(early->record, early->header, TLS_RECORD_HEADER);
	return TLS_E_NONE;
}

// Whether the record is the first under the client's handshake key. It is opened in place, for a copy would be as long,
// and then made again, since mbedTLS opens it too. False where memory is short, too, with an error.
static bool opens(const xstls_handshake *h, xstls_early_data *early, xstls_error *error)
{
	const psa_key_usage_t usage = PSA_KEY_USAGE_DECRYPT | PSA_KEY_USAGE_ENCRYPT;
	const size_t length = body_length(early);
	const xstls_suite *suite = xstls_suite_of(xstls_port_negotiated_suite(h->ssl));
	xstls_direction in = {.protection = {.suite = suite, .version = TLS_1_3}};
	uint8_t *body = early->record + TLS_RECORD_HEADER;
	xstls_opened opened;
	bool is_opened = false;

	if (!suite || !xstls_records_set_secret(&in, usage, h->work->handshake[TLS_CLIENT])) {
		*error = TLS_E_MEMORY;
	} else {
		is_opened = xstls_protection_open(&in.protection, TLS_APPLICATION_DATA, body, length, &opened) == PSA_SUCCESS;
		if (is_opened && xstls_protection_close_again(&in.protection, body, length) != PSA_SUCCESS)
			*error = TLS_E_MEMORY;
	}
	xstls_direction_clear(&in);
	return is_opened && *error == TLS_E_NONE;
}

// Whether mbedTLS has to read a record that was kept.
static bool is_for_library(const xstls_handshake *h, xstls_early_data *early, xstls_error *error)
{
	if (!may_be_early(early))
		return true;
	early->is_over = opens(h, early, error);
	if (!early->is_over && *error == TLS_E_NONE)
		*error = pass_over(early);
	return early->is_over;
}

static size_t take(uint8_t *into, size_t wanted, const uint8_t *bytes, size_t length)
{
	size_t count = length < wanted ? length : wanted;

	if (into && count)
		memcpy(into, bytes, count);
	return count;
}

static size_t take_header(const xstls_handshake *h, const uint8_t *ciphertext, size_t length, xstls_error *error)
{
	xstls_early_data *early = h->work->early;
	size_t taken = take(early->header + early->header_length, (size_t)(TLS_RECORD_HEADER - early->header_length),
	                    ciphertext, length);

	early->header_length += (uint8_t)taken;
	if (early->header_length == TLS_RECORD_HEADER)
		*error = begin_body(h, early);
	return taken;
}

static size_t take_body(xstls_early_data *early, const uint8_t *ciphertext, size_t length)
{
	const size_t at = TLS_RECORD_HEADER + body_length(early) - early->body_left;
	const size_t taken = take(early->record ? early->record + at : NULL, early->body_left, ciphertext, length);

	early->body_left -= taken;
	return taken;
}

size_t xstls_early_data_feed(xstls_handshake *h, const uint8_t *ciphertext, size_t length, xstls_handshake_span *record,
                             xstls_error *error)
{
	xstls_early_data *early = h->work->early;
	size_t taken = 0;

	*record = (xstls_handshake_span){0};
	*error = TLS_E_NONE;
	if (early->header_length == TLS_RECORD_HEADER && early->body_left == 0)
		drop_record(early);
	if (early->header_length < TLS_RECORD_HEADER)
		taken = take_header(h, ciphertext, length, error);
	if (early->header_length < TLS_RECORD_HEADER || *error != TLS_E_NONE)
		return taken;
	taken += take_body(early, ciphertext + taken, length - taken);
	if (early->body_left == 0 && early->record && is_for_library(h, early, error))
		*record = (xstls_handshake_span){early->record, TLS_RECORD_HEADER + body_length(early)};
	return taken;
}

bool xstls_early_data_is_between_records(const xstls_handshake *h)
{
	const xstls_early_data *early = h->work->early;

	return !early || early->header_length == 0 || (early->header_length == TLS_RECORD_HEADER && early->body_left == 0);
}

bool xstls_early_data_is_over(const xstls_handshake *h)
{
	return h->work->early->is_over;
}
