// Records on their way to the outbox.

#include "config/tls-config-private.h"
#include "session/tls-engine-private.h"

enum {
	RECORD_TYPE_ALERT = 21,
	RECORD_TYPE_HANDSHAKE = 22,
	RECORD_TYPE_APPLICATION_DATA = 23,
	RECORD_HEADER = 5,
	PLAIN_ALERT = RECORD_HEADER + 2,
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
	if (length <= RECORD_HEADER)
		return false;
	if (record[0] == RECORD_TYPE_ALERT)
		return true;
	length -= RECORD_HEADER;
	return record[0] == RECORD_TYPE_APPLICATION_DATA && (length == ENCRYPTED_ALERT_16 || length == ENCRYPTED_ALERT_8);
}

// mbedTLS does not cut handshake messages up, and a client may have asked for fragments shorter than a certificate is.
// In the clear that can be done for it, and of what is encrypted and has the type of a handshake message there is
// Finished alone, which is shorter than any limit: TLS 1.3 does not show the type.
static bool put_cut_up(tls_session *s, const uint8_t *record, size_t length, size_t limit)
{
	for (size_t at = RECORD_HEADER; at < length; at += limit) {
		size_t count = length - at < limit ? length - at : limit;
		const uint8_t header[] = {record[0], record[1], record[2], (uint8_t)(count >> 8), (uint8_t)count};

		if (!tls_outbox_put(&s->outbox, header, sizeof(header)) || !tls_outbox_put(&s->outbox, record + at, count))
			return false;
	}
	return true;
}

static bool put_record(tls_session *s, const uint8_t *record, size_t length)
{
	int limit = mbedtls_ssl_get_max_out_record_payload(s->ssl);

	if (record[0] == RECORD_TYPE_HANDSHAKE && limit > 0 && length > RECORD_HEADER + (size_t)limit)
		return put_cut_up(s, record, length, (size_t)limit);
	return tls_outbox_put(&s->outbox, record, length);
}

int tls_session_send(void *context, const unsigned char *record, size_t length)
{
	tls_session *s = context;

	if (!put_record(s, record, length))
		return MBEDTLS_ERR_SSL_ALLOC_FAILED;
	s->wrote_alert = is_alert_record(record, length);
	s->plain_alert = s->wrote_alert && length == PLAIN_ALERT ? record[PLAIN_ALERT - 1] : TLS_ALERT_NONE;
	return (int)length;
}

// The alert has nobody to encrypt it yet.
void tls_session_refuse_in_clear(tls_session *s, tls_error code, uint8_t alert)
{
	const uint8_t record[] = {RECORD_TYPE_ALERT, 3, 3, 0, 2, MBEDTLS_SSL_ALERT_LEVEL_FATAL, alert};

	tls_outbox_put(&s->outbox, record, sizeof(record));
	tls_session_end_with(s, (tls_failure){.code = code, .alert = alert});
}
