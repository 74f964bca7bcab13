#include "tls-retry.h"

#include <string.h>

#include "psa/crypto.h"

#include "config/tls-config-state.h"
#include "port/tls-alloc.h"
#include "port/messages/tls-port-message.h"
#include "port/tls-port-session.h"
#include "record/tls-binder.h"
#include "record/tls-suite.h"

enum { MESSAGE_HEADER = 4, SHA_256 = 32, SHA_384 = 48 };

bool xstls_retry_expect(xstls_handshake *h)
{
	if (h->state.config->highest != MBEDTLS_SSL_VERSION_TLS1_3)
		return true;
	h->work->retry = xstls_calloc(1, sizeof(xstls_retry));
	return h->work->retry != NULL;
}

bool xstls_retry_is_expected(const xstls_handshake *h)
{
	return h->work && h->work->retry;
}

bool xstls_retry_has_begun(const xstls_handshake *h)
{
	return xstls_retry_is_expected(h) && h->work->retry->request.length;
}

// The hash of the pre-shared key that was offered: PSA_ALG_NONE for none.
static psa_algorithm_t offered_hash(const xstls_handshake *h)
{
	const xstls_suite *suite = xstls_suite_of(xstls_port_agreed_suite(h->ssl));

	if (h->state.config->has_client_psk)
		return PSA_ALG_SHA_256;
	return suite ? suite->hash : PSA_ALG_NONE;
}

// mbedTLS has not read the request yet, and what is agreed on is the session that is offered.
static void prepare_answer(const xstls_handshake *h, xstls_retry *retry)
{
	psa_algorithm_t offered = offered_hash(h);

	retry->keeps_key = offered == retry->request.hash;
	retry->changes_answer = retry->request.cookie.data || (offered != PSA_ALG_NONE && !retry->keeps_key);
}

size_t xstls_retry_feed(xstls_handshake *h, const uint8_t *ciphertext, size_t length, xstls_handshake_span *record,
                        int *result)
{
	xstls_retry *retry = h->work->retry;
	xstls_retry_request *request = &retry->request;
	size_t taken = xstls_retry_request_take(request, ciphertext, length, result);

	*record = (xstls_handshake_span){0};
	if (request->phase == TLS_RETRY_NONE)
		*record = (xstls_handshake_span){request->head, request->length};
	if (request->phase == TLS_RETRY_READ && *result == 0) {
		*record = (xstls_handshake_span){request->without_cookie, request->without_cookie_length};
		prepare_answer(h, retry);
	}
	return taken;
}

static bool hash_first(xstls_retry *retry, const uint8_t *message, size_t length)
{
	size_t count;

	retry->saw_first = true;
	return psa_hash_compute(PSA_ALG_SHA_256, message, length, retry->sha_256, SHA_256, &count) == PSA_SUCCESS &&
	       psa_hash_compute(PSA_ALG_SHA_384, message, length, retry->sha_384, SHA_384, &count) == PSA_SUCCESS;
}

enum { MOST_MESSAGE_HASH = MESSAGE_HEADER + SHA_384 };

// RFC 8446 §4.4.1: in place of the first ClientHello stands a message with its hash. Returns its length.
static size_t write_message_hash(const xstls_retry *retry, uint8_t message[MOST_MESSAGE_HASH])
{
	bool is_384 = retry->request.hash == PSA_ALG_SHA_384;
	const uint8_t header[MESSAGE_HEADER] = {254, 0, 0, is_384 ? SHA_384 : SHA_256};

	memcpy(message, header, sizeof(header));
	memcpy(message + MESSAGE_HEADER, is_384 ? retry->sha_384 : retry->sha_256, header[3]);
	return MESSAGE_HEADER + (size_t)header[3];
}

static bool add_to_hash(psa_hash_operation_t *hash, const uint8_t *bytes, size_t length)
{
	return psa_hash_update(hash, bytes, length) == PSA_SUCCESS;
}

// Of all up to the binders of the second ClientHello.
static bool hash_truncated(const xstls_retry *retry, size_t length, uint8_t *into)
{
	const xstls_retry_request *request = &retry->request;
	psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
	uint8_t message_hash[MOST_MESSAGE_HASH];
	bool is_done = psa_hash_setup(&hash, request->hash) == PSA_SUCCESS &&
	               add_to_hash(&hash, message_hash, write_message_hash(retry, message_hash)) &&
	               add_to_hash(&hash, request->request + TLS_RECORD_HEADER, request->whole - TLS_RECORD_HEADER) &&
	               add_to_hash(&hash, request->second + TLS_RECORD_HEADER, length - TLS_RECORD_HEADER) &&
	               psa_hash_finish(&hash, into, SHA_384, &length) == PSA_SUCCESS;

	psa_hash_abort(&hash);
	return is_done;
}

// The binder is the end of the message.
static bool bind(const xstls_handshake *h, const xstls_retry *retry)
{
	const size_t size = PSA_HASH_LENGTH(retry->request.hash), at = retry->request.second_length - size;
	xstls_binder_key key = {.hash = retry->request.hash, .is_resumption = !h->state.config->has_client_psk};
	uint8_t transcript[SHA_384];

	key.key.data = xstls_port_offered_key(h->ssl, &key.key.length);
	return hash_truncated(retry, at - TLS_BINDERS_HEADER, transcript) &&
	       xstls_binder_compute(&key, transcript, retry->request.second + at);
}

static int add_record(mbedtls_ssl_context *ssl, const uint8_t *record, size_t length)
{
	return xstls_port_add_to_transcript(ssl, record + TLS_RECORD_HEADER, length - TLS_RECORD_HEADER);
}

static int put_transcript_right(mbedtls_ssl_context *ssl, const xstls_retry *retry)
{
	const xstls_retry_request *request = &retry->request;
	uint8_t message_hash[MOST_MESSAGE_HASH];
	int result = xstls_port_begin_transcript(ssl, message_hash, write_message_hash(retry, message_hash));

	if (result == 0)
		result = add_record(ssl, request->request, request->whole);
	return result ? result : add_record(ssl, request->second, request->second_length);
}

bool xstls_retry_send(xstls_handshake *h, xstls_handshake_span *record)
{
	xstls_retry *retry = h->work ? h->work->retry : NULL;
	const uint8_t *message = record->data + TLS_RECORD_HEADER;
	bool keeps_key;

	if (!retry || record->data[0] != TLS_HANDSHAKE || message[0] != MBEDTLS_SSL_HS_CLIENT_HELLO)
		return true;
	if (!retry->saw_first)
		return hash_first(retry, message, record->length - TLS_RECORD_HEADER);
	if (!retry->changes_answer)
		return true;
	// By now mbedTLS has hashed its own.
	keeps_key = retry->keeps_key;
	if (!xstls_retry_request_answer(&retry->request, record->data, record->length, &keeps_key) ||
	    (keeps_key && !bind(h, retry)) || put_transcript_right(h->ssl, retry))
		return false;
	*record = (xstls_handshake_span){retry->request.second, retry->request.second_length};
	return true;
}
