#include "tls-binders.h"

#include <string.h>

#include "mbedtls/constant_time.h"

#include "hello/tls-hello-psk.h"
#include "port/tls-port-handshake.h"
#include "tls-second-hello.h"

static const uint8_t *message_that_came(const xstls_handshake *h, size_t *length)
{
	return xstls_hello_message(&h->hello->collector, length);
}

xstls_binder_place xstls_binders_find(const xstls_handshake *h, const uint8_t *identity, size_t length)
{
	const xstls_hello_span name = {identity, length};
	xstls_binder_place place = {0};
	const uint8_t *message;
	size_t message_length;

	if (!h->hello || !h->hello->is_rewritten || mbedtls_ssl_get_version_number(h->ssl) != MBEDTLS_SSL_VERSION_TLS1_3)
		return place;
	message = message_that_came(h, &message_length);
	place.came = xstls_hello_binder(message, message_length, name, &place.came_truncated);
	message = xstls_port_read_message(h->ssl, &message_length);
	place.read = xstls_hello_binder(message, message_length, name, &place.read_truncated);
	return place;
}

// Of a message up to its binders, with what came before it.
static bool compute(const xstls_handshake *h, const xstls_binder_key *key, const uint8_t *message, size_t truncated,
                    uint8_t *binder)
{
	psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
	uint8_t transcript[TLS_HMAC_MOST];
	size_t length;
	bool is_done = psa_hash_setup(&hash, key->hash) == PSA_SUCCESS && xstls_second_hello_hash_first(h, &hash) &&
	               psa_hash_update(&hash, message, truncated) == PSA_SUCCESS &&
	               psa_hash_finish(&hash, transcript, sizeof(transcript), &length) == PSA_SUCCESS;

	psa_hash_abort(&hash);
	return is_done && xstls_binder_compute(key, transcript, binder);
}

void xstls_binders_renew(const xstls_handshake *h, const xstls_binder_place *place, const xstls_binder_key *key)
{
	const size_t length = PSA_HASH_LENGTH(key->hash);
	uint8_t binder[TLS_HMAC_MOST];
	const uint8_t *message;
	size_t message_length;

	if (place->came.length != length || place->read.length != length)
		return;
	message = message_that_came(h, &message_length);
	if (!compute(h, key, message, place->came_truncated, binder) ||
	    mbedtls_ct_memcmp(binder, place->came.data, length) != 0)
		return;
	message = xstls_port_read_message(h->ssl, &message_length);
	if (compute(h, key, message, place->read_truncated, binder))
		xstls_port_put_in_message(h->ssl, (size_t)(place->read.data - message), binder, length);
}
