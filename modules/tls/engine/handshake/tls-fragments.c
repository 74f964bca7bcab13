// A record that is encrypted is opened again, by the keys that mbedTLS has exported, and what is in it is sealed in
// several. From then on the numbers of records are not mbedTLS's any more, so all that follow under the same keys are
// opened and sealed, too.

#include "tls-fragments.h"

#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/tls-alloc.h"
#include "port/tls-port-handshake.h"

static size_t limit_of(const xstls_handshake *h)
{
	int limit = mbedtls_ssl_get_max_out_record_payload(h->ssl);

	return limit > 0 ? (size_t)limit : SIZE_MAX;
}

bool xstls_fragments_put_plain(xstls_handshake *h, const uint8_t *record, size_t length)
{
	const size_t limit = limit_of(h), end = length;

	if (length - TLS_RECORD_HEADER <= limit)
		return xstls_outbox_put(&h->state.outbox, record, length);
	for (size_t at = TLS_RECORD_HEADER; at < end; at += limit) {
		size_t count = end - at < limit ? end - at : limit;
		const uint8_t header[] = {record[0], record[1], record[2], (uint8_t)(count >> 8), (uint8_t)count};

		if (!xstls_outbox_put(&h->state.outbox, header, sizeof(header)) ||
		    !xstls_outbox_put(&h->state.outbox, record + at, count))
			return false;
	}
	return true;
}

static bool set_keys(const xstls_handshake *h, psa_key_usage_t usage, uint32_t sequence, xstls_direction *direction)
{
	const xstls_handshake_work *work = h->work;
	const uint8_t *secret = (work->has_new_keys ? work->traffic : work->handshake)[h->state.role];

	*direction = (xstls_direction){
	    .protection = {.suite = xstls_suite_of(xstls_port_negotiated_suite(h->ssl)), .version = TLS_1_3},
	};
	if (!direction->protection.suite || !xstls_records_set_secret(direction, usage, secret))
		return false;
	direction->protection.sequence = sequence;
	return true;
}

static bool seal(xstls_handshake *h, xstls_direction *out, uint8_t type, const uint8_t *content, size_t length)
{
	uint8_t *room = xstls_outbox_reserve(&h->state.outbox, xstls_protection_expansion(&out->protection) + length);

	if (!room || xstls_protection_seal(&out->protection, type, content, length, room) != PSA_SUCCESS)
		return false;
	xstls_outbox_commit(&h->state.outbox);
	h->work->records_sent++;
	return true;
}

static bool seal_all(xstls_handshake *h, const xstls_opened *opened)
{
	const size_t limit = limit_of(h);
	xstls_direction out;
	bool is_done = set_keys(h, PSA_KEY_USAGE_ENCRYPT, h->work->records_sent, &out);

	for (size_t at = 0, count; is_done && at < opened->length; at += count) {
		count = opened->length - at < limit ? opened->length - at : limit;
		is_done = seal(h, &out, opened->type, opened->data + at, count);
	}
	xstls_direction_clear(&out);
	return is_done;
}

// `body` is overwritten.
static bool seal_again(xstls_handshake *h, uint8_t *body, size_t length, bool *is_alert)
{
	xstls_direction in;
	xstls_opened opened;
	bool is_done = set_keys(h, PSA_KEY_USAGE_DECRYPT, h->work->records_written, &in) &&
	               xstls_protection_open(&in.protection, TLS_APPLICATION_DATA, body, length, &opened) == PSA_SUCCESS;

	xstls_direction_clear(&in);
	if (!is_done)
		return false;
	*is_alert = opened.type == TLS_ALERT;
	h->work->records_written++;
	return seal_all(h, &opened);
}

// mbedTLS has changed its keys since the last record: numbers begin anew.
static void follow_keys(xstls_handshake *h)
{
	bool has_new_keys = xstls_port_writes_application_data(h->ssl);

	if (has_new_keys == h->work->has_new_keys)
		return;
	h->work->has_new_keys = has_new_keys;
	h->work->records_written = h->work->records_sent = 0;
}

static bool is_short(const xstls_handshake *h, size_t body)
{
	const xstls_suite *suite = xstls_suite_of(xstls_port_negotiated_suite(h->ssl));

	return !suite || body <= limit_of(h) + 1 + suite->tag_length;
}

bool xstls_fragments_put_encrypted(xstls_handshake *h, const uint8_t *record, size_t length, bool *is_alert)
{
	const size_t body = length - TLS_RECORD_HEADER;
	uint8_t *copy;
	bool is_done;

	follow_keys(h);
	if (h->work->records_written == h->work->records_sent && is_short(h, body)) {
		h->work->records_written++;
		h->work->records_sent++;
		return xstls_outbox_put(&h->state.outbox, record, length);
	}
	copy = xstls_calloc(1, body);
	if (!copy)
		return false;
	memcpy(copy, record + TLS_RECORD_HEADER, body);
	is_done = seal_again(h, copy, body, is_alert);
	mbedtls_platform_zeroize(copy, body);
	xstls_free(copy);
	return is_done;
}
