#include "tls-second-hello.h"

#include <string.h>

#include "config/tls-policy-config-internal.h"
#include "hello/tls-hello-parts.h"
#include "port/tls-alloc.h"
#include "port/tls-port-handshake.h"
#include "port/messages/tls-port-message.h"
#include "record/tls-suite.h"
#include "tls-early-data.h"

enum { MESSAGE_HEADER = 4, MESSAGE_HASH = 254 };

static const uint8_t *message_of(const xstls_handshake *h, size_t *length)
{
	return xstls_hello_message(&h->hello->collector, length);
}

static bool has_share(const xstls_config *config, const uint8_t *message, size_t length)
{
	xstls_reader shares = xstls_hello_shares(message, length);

	while (shares.left && !shares.broken) {
		uint16_t group = (uint16_t)xstls_take_number(&shares, 2);

		xstls_take_vector(&shares, 2, 1);
		if (!shares.broken && xstls_policy_has_group(config, group))
			return true;
	}
	return false;
}

bool xstls_second_hello_expect(xstls_handshake *h)
{
	size_t length;
	const uint8_t *message = message_of(h, &length);

	h->work->saw_first_hello = true;
	// mbedTLS takes the first share of a group that is allowed. Then there is no HelloRetryRequest, and nothing to be
	// compared: a browser's message takes 50,000 instructions to hash.
	if (has_share(h->state.config, message, length))
		return true;
	return xstls_hello_alike(message, length, h->work->alike);
}

static bool is_between_records(const xstls_handshake *h)
{
	return h->tracker.header_length == 0 && h->tracker.body_left == 0 && xstls_early_data_is_between_records(h);
}

bool xstls_second_hello_begins(const xstls_handshake *h, uint8_t byte)
{
	if (h->state.role == TLS_CLIENT || h->state.phase != PHASE_HANDSHAKE)
		return false;
	if (h->hello)
		return !xstls_hello_is_complete(&h->hello->collector);
	return byte == TLS_HANDSHAKE && h->work->saw_first_hello && xstls_port_is_at_client_hello(h->ssl) &&
	       is_between_records(h);
}

xstls_error xstls_second_hello_judge(const xstls_handshake *h)
{
	uint8_t alike[TLS_HELLO_ALIKE];
	size_t length;
	const uint8_t *message = message_of(h, &length);

	// RFC 8446 §4.2.10: early data is offered once.
	if (h->hello->hello.early_data)
		return TLS_E_ILLEGAL_PARAMETER;
	if (!xstls_hello_alike(message, length, alike))
		return TLS_E_MEMORY;
	return memcmp(alike, h->work->alike, sizeof(alike)) == 0 ? TLS_E_NONE : TLS_E_ILLEGAL_PARAMETER;
}

static int keep_first(xstls_handshake *h)
{
	const xstls_suite *suite = xstls_suite_of(xstls_port_negotiated_suite(h->ssl));
	xstls_rewritten_first *first = xstls_calloc(1, sizeof(xstls_rewritten_first));

	h->work->first = first;
	if (!first)
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	return xstls_port_transcript(h->ssl, suite ? suite->hash : PSA_ALG_SHA_256, first->hash, sizeof(first->hash),
	                             &first->hash_length);
}

enum { MOST_MESSAGE_HASH = MESSAGE_HEADER + TLS_HMAC_MOST };

// RFC 8446 §4.4.1: in place of the first ClientHello stands a message with its hash. Returns its length.
static size_t write_message_hash(const xstls_rewritten_first *first, uint8_t message[MOST_MESSAGE_HASH])
{
	const uint8_t header[MESSAGE_HEADER] = {MESSAGE_HASH, 0, 0, (uint8_t)first->hash_length};

	memcpy(message, header, sizeof(header));
	memcpy(message + MESSAGE_HEADER, first->hash, first->hash_length);
	return MESSAGE_HEADER + first->hash_length;
}

static int begin_with_first(xstls_handshake *h)
{
	const xstls_rewritten_first *first = h->work->first;
	uint8_t message[MOST_MESSAGE_HASH];
	int result = xstls_port_begin_transcript(h->ssl, message, write_message_hash(first, message));

	return result ? result : xstls_port_add_to_transcript(h->ssl, first->request, first->request_length);
}

bool xstls_second_hello_hash_first(const xstls_handshake *h, psa_hash_operation_t *hash)
{
	const xstls_rewritten_first *first = h->work->first;
	uint8_t message[MOST_MESSAGE_HASH];

	return !first || (psa_hash_update(hash, message, write_message_hash(first, message)) == PSA_SUCCESS &&
	                  psa_hash_update(hash, first->request, first->request_length) == PSA_SUCCESS);
}

int xstls_second_hello_put_right(xstls_handshake *h)
{
	size_t length;
	const uint8_t *message = message_of(h, &length);
	int result;

	if (h->work->first) {
		result = begin_with_first(h);
		return result ? result : xstls_port_add_to_transcript(h->ssl, message, length);
	}
	result = xstls_port_begin_transcript(h->ssl, message, length);
	if (result == 0 && mbedtls_ssl_get_version_number(h->ssl) == MBEDTLS_SSL_VERSION_TLS1_3)
		result = keep_first(h);
	return result;
}

bool xstls_second_hello_note_request(xstls_handshake *h, const uint8_t *record, size_t length)
{
	xstls_rewritten_first *first = h->work ? h->work->first : NULL;
	const uint8_t *message = record + TLS_RECORD_HEADER;

	if (!first || first->request || record[0] != TLS_HANDSHAKE || message[0] != MBEDTLS_SSL_HS_SERVER_HELLO)
		return true;
	first->request_length = length - TLS_RECORD_HEADER;
	first->request = xstls_calloc(1, first->request_length);
	if (!first->request)
		return false;
	memcpy(first->request, message, first->request_length);
	return true;
}
