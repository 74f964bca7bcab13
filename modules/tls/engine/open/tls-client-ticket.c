#include "tls-client-ticket.h"

#include "mbedtls/platform_util.h"

#include "config/tls-config-state.h"
#include "port/tls-port-session.h"
#include "record/tls-key-schedule.h"

enum { MOST_LIFETIME = 604800 }; // seconds

typedef struct {
	const uint8_t *at;
	size_t left;
	bool is_short; // a read went beyond the end
} reader;

static const uint8_t *take(reader *in, size_t length)
{
	const uint8_t *taken = in->at;

	// A message of no bytes is nowhere.
	if (in->is_short || in->left < length) {
		in->is_short = true;
		return NULL;
	}
	in->at += length;
	in->left -= length;
	return taken;
}

static uint32_t take_number(reader *in, int bytes)
{
	const uint8_t *digits = take(in, (size_t)bytes);
	uint32_t number = 0;

	for (int i = 0; digits && i < bytes; i++)
		number = number << 8 | digits[i];
	return number;
}

static xstls_hmac_span take_vector(reader *in, int length_bytes)
{
	const size_t length = take_number(in, length_bytes);
	const uint8_t *data = take(in, length);

	return (xstls_hmac_span){data, data ? length : 0};
}

// None of them is acted on, but each has to be well-formed, and none may come twice (RFC 8446 §4.2). Types that are
// told apart are all that IANA has for a ticket.
static xstls_error judge_extensions(xstls_hmac_span extensions)
{
	enum { TOLD_APART = 64 };
	reader in = {extensions.data, extensions.length, false};
	uint64_t seen = 0;

	while (in.left && !in.is_short) {
		const uint32_t type = take_number(&in, 2);
		const uint64_t bit = type < TOLD_APART ? UINT64_C(1) << type : 0;

		take_vector(&in, 2);
		if (seen & bit)
			return TLS_E_ILLEGAL_PARAMETER;
		seen |= bit;
	}
	return in.is_short ? TLS_E_DECODE_ERROR : TLS_E_NONE;
}

static bool make_resumption_key(const xstls_state *s, xstls_hmac_span nonce, uint8_t *key, size_t length)
{
	const xstls_suite *suite = s->records->in.protection.suite;
	const uint8_t *secret = xstls_port_resumption_secret(s->client->resumable);
	xstls_hmac hmac;
	bool is_done = xstls_hmac_begin(&hmac, suite->hash, secret, length) &&
	               xstls_expand_label(&hmac, "resumption", nonce, key, length);

	xstls_hmac_end(&hmac);
	return is_done;
}

static xstls_error keep(xstls_state *s, xstls_port_ticket *ticket, xstls_hmac_span nonce)
{
	uint8_t key[TLS_HMAC_MOST];
	bool is_done;

	ticket->key = key;
	ticket->key_length = PSA_HASH_LENGTH(s->records->in.protection.suite->hash);
	is_done = make_resumption_key(s, nonce, key, ticket->key_length) &&
	          xstls_port_put_ticket(s->client->resumable, &s->config->ssl[TLS_CLIENT], ticket);
	mbedtls_platform_zeroize(key, sizeof(key));
	if (!is_done)
		return TLS_E_MEMORY;
	xstls_client_renew_session(s->client, xstls_state_has_verified(s));
	return TLS_E_NONE;
}

xstls_error xstls_client_ticket_take(xstls_state *s, const uint8_t *message, size_t length)
{
	reader in = {message, length, false};
	xstls_port_ticket ticket = {0};
	xstls_hmac_span nonce, opaque, extensions;
	xstls_error error;

	ticket.lifetime = take_number(&in, 4);
	ticket.age_add = take_number(&in, 4);
	nonce = take_vector(&in, 1);
	opaque = take_vector(&in, 2);
	extensions = take_vector(&in, 2);
	if (in.is_short || in.left || opaque.length == 0)
		return TLS_E_DECODE_ERROR;
	error = judge_extensions(extensions);
	if (error != TLS_E_NONE)
		return error;
	if (ticket.lifetime > MOST_LIFETIME)
		return TLS_E_ILLEGAL_PARAMETER;
	// One that may be used for no time at all.
	if (ticket.lifetime == 0)
		return TLS_E_NONE;
	ticket.data = opaque.data;
	ticket.length = opaque.length;
	return keep(s, &ticket, nonce);
}
