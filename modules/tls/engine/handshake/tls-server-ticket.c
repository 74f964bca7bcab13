#include "tls-server-ticket.h"

#include <string.h>

#include "mbedtls/platform_util.h"

#include "config/tls-config-state.h"
#include "crypto/tls-random.h"
#include "port/tls-alloc.h"
#include "port/tls-port-session.h"
#include "record/tls-key-schedule.h"
#include "resumption/tls-resumption-internal.h"
#include "negotiation/tls-session-owner.h"

enum {
	NEW_SESSION_TICKET = 4,
	MESSAGE_HEADER = 4,
	NONCE = 8,
	// Lifetime, age_add, and the nonce and the ticket with their lengths.
	BEFORE_TICKET = 4 + 4 + 1 + NONCE + 2,
	EXTENSIONS = 2,    // none, but their length
	MOST_TICKET = 512, // bytes: sessions without a client's certificate take 250
};

static uint8_t *put_number(uint8_t *out, uint32_t number, int bytes)
{
	while (bytes--)
		*out++ = (uint8_t)(number >> 8 * bytes);
	return out;
}

static bool make_key(const xstls_suite *suite, const mbedtls_ssl_session *session, const uint8_t nonce[NONCE],
                     uint8_t *key)
{
	const size_t length = PSA_HASH_LENGTH(suite->hash);
	xstls_hmac hmac;
	bool is_done = xstls_hmac_begin(&hmac, suite->hash, xstls_port_resumption_secret(session), length) &&
	               xstls_expand_label(&hmac, "resumption", (xstls_hmac_span){nonce, NONCE}, key, length);

	xstls_hmac_end(&hmac);
	return is_done;
}

// Gives the session the key that the ticket stands for.
static bool prepare(const xstls_handshake *h, mbedtls_ssl_session *session, uint32_t age_add,
                    const uint8_t nonce[NONCE])
{
	const xstls_suite *suite = h->state.records->out.protection.suite;
	uint8_t key[TLS_HMAC_MOST];
	bool is_done = make_key(suite, session, nonce, key);

	if (is_done)
		xstls_port_set_ticket_key(session, &h->state.config->ssl[TLS_SERVER], age_add, key,
		                          PSA_HASH_LENGTH(suite->hash));
	mbedtls_platform_zeroize(key, sizeof(key));
	return is_done;
}

// The whole message. Its length, 0 when it cannot be made.
static size_t write_message(xstls_handshake *h, mbedtls_ssl_session *session, uint8_t *message, size_t capacity)
{
	xstls_resumption *store = h->state.config->resumption;
	uint8_t random[NONCE + 4], *ticket = message + MESSAGE_HEADER + BEFORE_TICKET, *at;
	xstls_ticket_owner owner;
	uint32_t age_add;
	size_t length;

	if (!xstls_random(random, sizeof(random)))
		return 0;
	memcpy(&age_add, random + NONCE, sizeof(age_add));
	if (!prepare(h, session, age_add, random) || !xstls_session_owner(h, &owner))
		return 0;
	if (xstls_tickets_write(store->keys, store->lifetime, &owner, session, ticket, message + capacity - EXTENSIONS,
	                        &length))
		return 0;
	at = put_number(message, NEW_SESSION_TICKET, 1);
	at = put_number(at, (uint32_t)(BEFORE_TICKET + length + EXTENSIONS), 3);
	at = put_number(at, store->lifetime, 4);
	at = put_number(at, age_add, 4);
	at = put_number(at, NONCE, 1);
	memcpy(at, random, NONCE);
	put_number(at + NONCE, (uint32_t)length, 2);
	put_number(ticket + length, 0, EXTENSIONS);
	return MESSAGE_HEADER + BEFORE_TICKET + length + EXTENSIONS;
}

// A client with a client certificate gets none: a session of TLS 1.3 does not say who it is.
static bool is_wanted(const xstls_handshake *h)
{
	const xstls_config *config = h->state.config;

	return h->takes_tickets && config->resumption && config->resumption->has_tickets &&
	       config->verify[TLS_SERVER] == TLS_VERIFY_NONE;
}

void xstls_server_ticket_write(xstls_handshake *h, mbedtls_ssl_session *session)
{
	enum { CAPACITY = MESSAGE_HEADER + BEFORE_TICKET + MOST_TICKET + EXTENSIONS };
	uint8_t *message;
	size_t length;

	if (!is_wanted(h))
		return;
	message = xstls_calloc(1, CAPACITY);
	if (!message)
		return;
	length = write_message(h, session, message, CAPACITY);
	if (length)
		xstls_records_put_message(h->state.records, &h->state.outbox, message, length);
	xstls_free(message);
}
