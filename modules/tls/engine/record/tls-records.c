#include "tls-records.h"

#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/tls-alloc.h"
#include "tls-key-schedule.h"
#include "tls-record-limits.h"

enum { MESSAGE_HEADER = 4, MOST_KEY = 32 };

tls_records *tls_records_new(const tls_suite *suite, uint16_t version, uint16_t most_in, uint16_t most_out)
{
	tls_records *r = tls_calloc(1, sizeof(tls_records));

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

void tls_records_free(tls_records *r)
{
	if (!r)
		return;
	tls_direction_clear(&r->in);
	tls_direction_clear(&r->out);
	tls_assembly_clear(&r->record);
	tls_assembly_clear(&r->message);
	mbedtls_platform_zeroize(r, sizeof(*r));
	tls_free(r);
}

bool tls_records_set_secret(tls_direction *direction, psa_key_usage_t usage, const uint8_t *secret)
{
	const tls_suite *suite = direction->protection.suite;
	const tls_hmac_span nothing = {NULL, 0};
	uint8_t key[MOST_KEY], iv[TLS_NONCE];
	tls_hmac hmac;
	bool is_done = tls_hmac_begin(&hmac, suite->hash, secret, PSA_HASH_LENGTH(suite->hash)) &&
	               tls_expand_label(&hmac, "key", nothing, key, suite->key_length) &&
	               tls_expand_label(&hmac, "iv", nothing, iv, sizeof(iv)) &&
	               tls_protection_set_key(&direction->protection, usage, key, iv);

	tls_hmac_end(&hmac);
	mbedtls_platform_zeroize(key, sizeof(key));
	if (is_done)
		memcpy(direction->secret, secret, PSA_HASH_LENGTH(suite->hash));
	return is_done;
}

void tls_direction_clear(tls_direction *direction)
{
	tls_protection_clear(&direction->protection);
	mbedtls_platform_zeroize(direction, sizeof(*direction));
}

void tls_direction_take(tls_direction *direction, tls_direction *next)
{
	tls_direction_clear(direction);
	*direction = *next;
	mbedtls_platform_zeroize(next, sizeof(*next));
}

bool tls_records_next(const tls_direction *direction, psa_key_usage_t usage, tls_direction *next)
{
	const psa_algorithm_t hash = direction->protection.suite->hash;
	const size_t length = PSA_HASH_LENGTH(hash);
	uint8_t secret[TLS_HMAC_MOST];
	tls_hmac hmac;
	bool is_done;

	*next = (tls_direction){
	    .protection = {.suite = direction->protection.suite, .version = direction->protection.version},
	};
	is_done = tls_hmac_begin(&hmac, hash, direction->secret, length) &&
	          tls_expand_label(&hmac, "traffic upd", (tls_hmac_span){NULL, 0}, secret, length) &&
	          tls_records_set_secret(next, usage, secret);
	tls_hmac_end(&hmac);
	mbedtls_platform_zeroize(secret, sizeof(secret));
	if (!is_done)
		tls_direction_clear(next);
	return is_done;
}

bool tls_records_update(tls_direction *direction, psa_key_usage_t usage)
{
	tls_direction next;

	if (!tls_records_next(direction, usage, &next))
		return false;
	tls_direction_take(direction, &next);
	return true;
}

// All records are encrypted now. TLS 1.3 gives all of them the type of application data.
static tls_error judge_header(const tls_records *r, size_t length)
{
	const uint8_t type = r->record.header[0];
	const bool is_1_3 = r->in.protection.version == TLS_1_3;

	if (is_1_3 ? type != TLS_APPLICATION_DATA : type < TLS_ALERT || type > TLS_APPLICATION_DATA)
		return TLS_E_UNEXPECTED_MESSAGE;
	if (r->record.header[1] != 3 || r->record.header[2] != 3)
		return TLS_E_PROTOCOL_VERSION;
	return length > (size_t)r->most_in + TLS_RECORD_EXPANSION ? TLS_E_RECORD_OVERFLOW : TLS_E_NONE;
}

static tls_error begin_body(tls_records *r)
{
	const size_t length = (size_t)r->record.header[3] << 8 | r->record.header[4];
	const tls_error error = judge_header(r, length);

	if (error != TLS_E_NONE)
		return error;
	return tls_assembly_begin_body(&r->record, length) ? TLS_E_NONE : TLS_E_MEMORY;
}

tls_error tls_records_take(tls_records *r, const uint8_t *ciphertext, size_t length, size_t *taken)
{
	tls_error error = TLS_E_NONE;

	*taken = 0;
	if (!tls_assembly_has_header(&r->record)) {
		*taken = tls_assembly_take_header(&r->record, ciphertext, length);
		if (tls_assembly_has_header(&r->record))
			error = begin_body(r);
	}
	if (error == TLS_E_NONE)
		*taken += tls_assembly_take_body(&r->record, ciphertext + *taken, length - *taken);
	return error;
}

tls_error tls_records_open(tls_records *r, tls_opened *opened)
{
	psa_status_t status =
	    tls_protection_open(&r->in.protection, r->record.header[0], r->record.body, r->record.length, opened);

	if (status == PSA_ERROR_INVALID_SIGNATURE)
		return TLS_E_BAD_RECORD_MAC;
	if (status != PSA_SUCCESS)
		return status == PSA_ERROR_INSUFFICIENT_MEMORY ? TLS_E_MEMORY : TLS_E_INTERNAL;
	// In TLS 1.3 padding counts as plaintext (RFC 8446 §5.4, RFC 8449 §4); the one byte of the content type does not.
	return tls_protection_capacity(&r->in.protection, r->record.length) > r->most_in ? TLS_E_RECORD_OVERFLOW
	                                                                                 : TLS_E_NONE;
}

bool tls_records_put(tls_records *r, tls_outbox *outbox, uint8_t type, const uint8_t *plaintext, size_t length)
{
	const size_t size = tls_protection_expansion(&r->out.protection) + length;
	uint8_t *record = tls_outbox_reserve(outbox, size);

	if (!record)
		return false;
	if (tls_protection_seal(&r->out.protection, type, plaintext, length, record) != PSA_SUCCESS)
		return false;
	tls_outbox_commit(outbox);
	return true;
}
