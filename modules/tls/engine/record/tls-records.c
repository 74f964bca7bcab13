#include "tls-records.h"

#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/tls-alloc.h"
#include "port/tls-port-count.h"
#include "port/tls-port-heap.h"
#include "tls-key-schedule.h"
#include "tls-record-limits.h"

enum { MESSAGE_HEADER = 4, MOST_KEY = 32 };

// Long records that have begun, of all connections. A peer takes 16 kB with the five bytes of a header, and holds them
// as long as it sends no more or nobody reads: on a device three such would leave no handshake any memory (row Z12).
// That is one heap, whichever task they are of.
static size_t long_records;

xstls_records *xstls_records_new(const xstls_suite *suite, uint16_t version, uint16_t most_in, uint16_t most_out)
{
	xstls_records *r = xstls_calloc(1, sizeof(xstls_records));

	if (!r)
		return NULL;
	r->in.protection.suite = r->out.protection.suite = suite;
	r->in.protection.version = r->out.protection.version = version;
	r->record.header_size = TLS_RECORD_HEADER;
	r->message.header_size = MESSAGE_HEADER;
	r->most_in = most_in;
	r->most_out = most_out;
	return r;
}

void xstls_records_free(xstls_records *r)
{
	if (!r)
		return;
	xstls_direction_clear(&r->in);
	xstls_direction_clear(&r->out);
	xstls_records_clear(r);
	xstls_assembly_clear(&r->message);
	mbedtls_platform_zeroize(r, sizeof(*r));
	xstls_free(r);
}

bool xstls_records_set_secret(xstls_direction *direction, psa_key_usage_t usage, const uint8_t *secret)
{
	const xstls_suite *suite = direction->protection.suite;
	const xstls_hmac_span nothing = {NULL, 0};
	uint8_t key[MOST_KEY], iv[TLS_NONCE];
	xstls_hmac hmac;
	bool is_done = xstls_hmac_begin(&hmac, suite->hash, secret, PSA_HASH_LENGTH(suite->hash)) &&
	               xstls_expand_label(&hmac, "key", nothing, key, suite->key_length) &&
	               xstls_expand_label(&hmac, "iv", nothing, iv, sizeof(iv)) &&
	               xstls_protection_set_key(&direction->protection, usage, key, iv);

	xstls_hmac_end(&hmac);
	mbedtls_platform_zeroize(key, sizeof(key));
	if (is_done)
		memcpy(direction->secret, secret, PSA_HASH_LENGTH(suite->hash));
	return is_done;
}

void xstls_direction_clear(xstls_direction *direction)
{
	xstls_protection_clear(&direction->protection);
	mbedtls_platform_zeroize(direction, sizeof(*direction));
}

void xstls_direction_take(xstls_direction *direction, xstls_direction *next)
{
	xstls_direction_clear(direction);
	*direction = *next;
	mbedtls_platform_zeroize(next, sizeof(*next));
}

bool xstls_records_next(const xstls_direction *direction, psa_key_usage_t usage, xstls_direction *next)
{
	const psa_algorithm_t hash = direction->protection.suite->hash;
	const size_t length = PSA_HASH_LENGTH(hash);
	uint8_t secret[TLS_HMAC_MOST];
	xstls_hmac hmac;
	bool is_done;

	*next = (xstls_direction){
	    .protection = {.suite = direction->protection.suite, .version = direction->protection.version},
	};
	is_done = xstls_hmac_begin(&hmac, hash, direction->secret, length) &&
	          xstls_expand_label(&hmac, "traffic upd", (xstls_hmac_span){NULL, 0}, secret, length) &&
	          xstls_records_set_secret(next, usage, secret);
	xstls_hmac_end(&hmac);
	mbedtls_platform_zeroize(secret, sizeof(secret));
	if (!is_done)
		xstls_direction_clear(next);
	return is_done;
}

bool xstls_records_update(xstls_direction *direction, psa_key_usage_t usage)
{
	xstls_direction next;

	if (!xstls_records_next(direction, usage, &next))
		return false;
	xstls_direction_take(direction, &next);
	return true;
}

// All records are encrypted now. TLS 1.3 gives all of them the type of application data.
static xstls_error judge_header(const xstls_records *r, size_t length)
{
	const uint8_t type = r->record.header[0];
	const bool is_1_3 = r->in.protection.version == TLS_1_3;

	if (is_1_3 ? type != TLS_APPLICATION_DATA : type < TLS_ALERT || type > TLS_APPLICATION_DATA)
		return TLS_E_UNEXPECTED_MESSAGE;
	if (r->record.header[1] != 3 || r->record.header[2] != 3)
		return TLS_E_PROTOCOL_VERSION;
	return length > (size_t)r->most_in + TLS_RECORD_EXPANSION ? TLS_E_RECORD_OVERFLOW : TLS_E_NONE;
}

static void end_long(size_t length)
{
	if (length > TLS_RECORD_SHORT)
		xstls_port_add(&long_records, SIZE_MAX);
}

// Counts it when it may: before it asks, so that of two tasks one alone finds that there is none.
static bool begin_long(const xstls_records *r, size_t length)
{
	if (length <= TLS_RECORD_SHORT || !xstls_port_add(&long_records, 1) ||
	    xstls_port_measure_heap().free >= length + r->reserve)
		return true;
	end_long(length);
	return false;
}

// `*waits` when it may not begin yet.
static xstls_error begin_body(xstls_records *r, bool *waits)
{
	const size_t length = (size_t)r->record.header[3] << 8 | r->record.header[4];
	const xstls_error error = judge_header(r, length);

	*waits = error == TLS_E_NONE && !begin_long(r, length);
	if (error != TLS_E_NONE || *waits || xstls_assembly_begin_body(&r->record, length))
		return error;
	end_long(length);
	return TLS_E_MEMORY;
}

void xstls_records_clear(xstls_records *r)
{
	if (r->record.body)
		end_long(r->record.length);
	xstls_assembly_clear(&r->record);
}

xstls_error xstls_records_take(xstls_records *r, const uint8_t *ciphertext, size_t length, size_t *taken)
{
	xstls_error error = TLS_E_NONE;
	bool waits = false;

	*taken = 0;
	if (!xstls_assembly_has_header(&r->record)) {
		*taken = xstls_assembly_take_header(&r->record, ciphertext, length);
		if (xstls_assembly_has_header(&r->record))
			error = begin_body(r, &waits);
	}
	if (waits) {
		xstls_assembly_untake_header(&r->record);
		*taken -= 1;
		return TLS_E_NONE;
	}
	if (error == TLS_E_NONE)
		*taken += xstls_assembly_take_body(&r->record, ciphertext + *taken, length - *taken);
	return error;
}

xstls_error xstls_records_open(xstls_records *r, xstls_opened *opened)
{
	psa_status_t status =
	    xstls_protection_open(&r->in.protection, r->record.header[0], r->record.body, r->record.length, opened);

	if (status == PSA_ERROR_INVALID_SIGNATURE)
		return TLS_E_BAD_RECORD_MAC;
	if (status != PSA_SUCCESS)
		return status == PSA_ERROR_INSUFFICIENT_MEMORY ? TLS_E_MEMORY : TLS_E_INTERNAL;
	// In TLS 1.3 padding counts as plaintext (RFC 8446 §5.4, RFC 8449 §4); the one byte of the content type does not.
	return xstls_protection_capacity(&r->in.protection, r->record.length) > r->most_in ? TLS_E_RECORD_OVERFLOW
	                                                                                   : TLS_E_NONE;
}

bool xstls_records_put(xstls_records *r, xstls_outbox *outbox, uint8_t type, const uint8_t *plaintext, size_t length)
{
	const size_t size = xstls_protection_expansion(&r->out.protection) + length;
	uint8_t *record = xstls_outbox_reserve(outbox, size);

	if (!record)
		return false;
	if (xstls_protection_seal(&r->out.protection, type, plaintext, length, record) != PSA_SUCCESS)
		return false;
	xstls_outbox_commit(outbox);
	return true;
}

bool xstls_records_put_message(xstls_records *r, xstls_outbox *outbox, const uint8_t *message, size_t length)
{
	for (size_t at = 0; at < length; at += r->most_out) {
		const size_t left = length - at;

		if (!xstls_records_put(r, outbox, TLS_HANDSHAKE, message + at, left < r->most_out ? left : r->most_out))
			return false;
	}
	return true;
}
