#include "tls-retry.h"

#include <string.h>

#include "psa/crypto.h"

#include "config/tls-config-state.h"
#include "port/tls-alloc.h"
#include "port/tls-port-message.h"
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
static bool changes_answer(const xstls_handshake *h, const xstls_retry_request *request)
{
	psa_algorithm_t offered = offered_hash(h);

	return request->cookie.data || (offered != PSA_ALG_NONE && offered != request->hash);
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
		retry->changes_answer = changes_answer(h, request);
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

// RFC 8446 §4.4.1: in place of the first ClientHello stands a message with its hash.
static int begin_transcript(mbedtls_ssl_context *ssl, const xstls_retry *retry)
{
	bool is_384 = retry->request.hash == PSA_ALG_SHA_384;
	uint8_t message_hash[MESSAGE_HEADER + SHA_384] = {254, 0, 0, is_384 ? SHA_384 : SHA_256};

	memcpy(message_hash + MESSAGE_HEADER, is_384 ? retry->sha_384 : retry->sha_256, message_hash[3]);
	return xstls_port_begin_transcript(ssl, message_hash, MESSAGE_HEADER + (size_t)message_hash[3]);
}

static int add_record(mbedtls_ssl_context *ssl, const uint8_t *record, size_t length)
{
	return xstls_port_add_to_transcript(ssl, record + TLS_RECORD_HEADER, length - TLS_RECORD_HEADER);
}

static int put_transcript_right(mbedtls_ssl_context *ssl, const xstls_retry *retry)
{
	const xstls_retry_request *request = &retry->request;
	int result = begin_transcript(ssl, retry);

	if (result == 0)
		result = add_record(ssl, request->request, request->whole);
	return result ? result : add_record(ssl, request->second, request->second_length);
}

bool xstls_retry_send(xstls_handshake *h, xstls_handshake_span *record)
{
	xstls_retry *retry = h->work ? h->work->retry : NULL;
	const uint8_t *message = record->data + TLS_RECORD_HEADER;

	if (!retry || record->data[0] != TLS_HANDSHAKE || message[0] != MBEDTLS_SSL_HS_CLIENT_HELLO)
		return true;
	if (!retry->saw_first)
		return hash_first(retry, message, record->length - TLS_RECORD_HEADER);
	if (!retry->changes_answer)
		return true;
	// By now mbedTLS has hashed its own.
	if (!xstls_retry_request_answer(&retry->request, record->data, record->length) ||
	    put_transcript_right(h->ssl, retry))
		return false;
	*record = (xstls_handshake_span){retry->request.second, retry->request.second_length};
	return true;
}
