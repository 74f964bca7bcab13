//   name 8 | nonce 12 | encrypted: issued 8, token of the pre-shared key 32, 1 with an extended master secret 1,
//   length of the session 2, session, zeros | tag 16
//
// - AES-256-GCM, under the key of that name. What the session is bound to is authenticated and not sent, so that the
//   ticket is of no use to another configuration.
// - The zeros make a ticket longer than any identity of a pre-shared key. So a ticket whose key is gone is not mistaken
//   for such an identity.

#include "tls-tickets.h"

#include <string.h>

#include "mbedtls/platform_util.h"
#include "psa/crypto.h"

#include "port/tls-port-time.h"
#include "tls-lifetime.h"

enum { NONCE = 12, TAG = 16, ISSUED = 8, LENGTH = 2, BEFORE = TLS_TICKET_NAME + NONCE };
enum { EXTENDED_AT = ISSUED + TLS_PSK_HASH, LENGTH_AT = EXTENDED_AT + 1, SESSION = LENGTH_AT + LENGTH };
enum { LEAST_PLAIN = TLS_PSK_MOST_IDENTITY + 1 - BEFORE - TAG };

bool xstls_tickets_renew_key(xstls_ticket_keys keys, uint32_t lifetime)
{
	xstls_ticket_key fresh;

	if (keys[0].created && !xstls_lifetime_is_over(keys[0].created, lifetime))
		return true;
	if (psa_generate_random(fresh.name, sizeof(fresh.name)) || psa_generate_random(fresh.secret, sizeof(fresh.secret)))
		return false;
	fresh.created = xstls_port_now();
	keys[1] = keys[0];
	keys[0] = fresh;
	mbedtls_platform_zeroize(&fresh, sizeof(fresh));
	return true;
}

// A key encrypts for one lifetime and decrypts for two, so that its last ticket has its lifetime too.
static const xstls_ticket_key *find_key(const xstls_ticket_keys keys, uint32_t lifetime, const uint8_t *name)
{
	for (int i = 0; i < 2; i++) {
		const xstls_ticket_key *key = &keys[i];

		if (key->created && memcmp(key->name, name, TLS_TICKET_NAME) == 0)
			return xstls_lifetime_is_over(key->created, 2 * lifetime) ? NULL : key;
	}
	return NULL;
}

static psa_status_t import_key(const xstls_ticket_key *key, psa_key_usage_t usage, mbedtls_svc_key_id_t *id)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;

	psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
	psa_set_key_algorithm(&attributes, PSA_ALG_GCM);
	psa_set_key_usage_flags(&attributes, usage);
	return psa_import_key(&attributes, key->secret, sizeof(key->secret), id);
}

static void put_time(uint8_t *out, uint64_t time)
{
	for (int i = 0; i < ISSUED; i++)
		out[i] = (uint8_t)(time >> (56 - 8 * i));
}

static uint64_t get_time(const uint8_t *in)
{
	uint64_t time = 0;

	for (int i = 0; i < ISSUED; i++)
		time = time << 8 | in[i];
	return time;
}

// In place.
static int encrypt(const xstls_ticket_key *key, const uint8_t binding[TLS_BINDING], uint8_t *ticket,
                   size_t plain_length)
{
	uint8_t *text = ticket + BEFORE;
	mbedtls_svc_key_id_t id;
	psa_status_t status;
	size_t length;

	memcpy(ticket, key->name, TLS_TICKET_NAME);
	status = psa_generate_random(ticket + TLS_TICKET_NAME, NONCE);
	if (status == PSA_SUCCESS)
		status = import_key(key, PSA_KEY_USAGE_ENCRYPT, &id);
	if (status != PSA_SUCCESS)
		return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
	status = psa_aead_encrypt(id, PSA_ALG_GCM, ticket + TLS_TICKET_NAME, NONCE, binding, TLS_BINDING, text,
	                          plain_length, text, plain_length + TAG, &length);
	psa_destroy_key(id);
	return status == PSA_SUCCESS ? 0 : MBEDTLS_ERR_SSL_INTERNAL_ERROR;
}

int xstls_tickets_write(xstls_ticket_keys keys, uint32_t lifetime, const xstls_ticket_owner *owner,
                        const mbedtls_ssl_session *session, uint8_t *start, const uint8_t *end, size_t *length)
{
	size_t room = (size_t)(end - start), size, plain_length;
	uint8_t *plain = start + BEFORE;
	int result;

	if (room < BEFORE + LEAST_PLAIN + TAG)
		return MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL;
	if (!xstls_tickets_renew_key(keys, lifetime))
		return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
	result = mbedtls_ssl_session_save(session, plain + SESSION, room - BEFORE - SESSION - TAG, &size);
	if (result)
		return result;
	put_time(plain, xstls_port_now());
	memcpy(plain + ISSUED, owner->psk_token, TLS_PSK_HASH);
	plain[EXTENDED_AT] = owner->extended_master_secret;
	plain[LENGTH_AT] = (uint8_t)(size >> 8);
	plain[LENGTH_AT + 1] = (uint8_t)size;
	plain_length = SESSION + size;
	if (plain_length < LEAST_PLAIN) {
		memset(plain + plain_length, 0, LEAST_PLAIN - plain_length);
		plain_length = LEAST_PLAIN;
	}
	*length = BEFORE + plain_length + TAG;
	return encrypt(&keys[0], owner->binding, start, plain_length);
}

static bool decrypt(const xstls_ticket_key *key, const uint8_t binding[TLS_BINDING], uint8_t *ticket, size_t length,
                    size_t *plain_length)
{
	uint8_t *text = ticket + BEFORE;
	mbedtls_svc_key_id_t id;
	psa_status_t status;

	if (!key || import_key(key, PSA_KEY_USAGE_DECRYPT, &id) != PSA_SUCCESS)
		return false;
	status = psa_aead_decrypt(id, PSA_ALG_GCM, ticket + TLS_TICKET_NAME, NONCE, binding, TLS_BINDING, text,
	                          length - BEFORE, text, length - BEFORE - TAG, plain_length);
	psa_destroy_key(id);
	return status == PSA_SUCCESS;
}

int xstls_tickets_open(const xstls_ticket_keys keys, uint32_t lifetime, const uint8_t binding[TLS_BINDING],
                       uint8_t *ticket, size_t length, xstls_opened_ticket *opened)
{
	if (length < BEFORE + LEAST_PLAIN + TAG ||
	    !decrypt(find_key(keys, lifetime, ticket), binding, ticket, length, &opened->plain_length))
		return MBEDTLS_ERR_SSL_INVALID_MAC;
	opened->plain = ticket + BEFORE;
	opened->issued = get_time(opened->plain);
	opened->psk_token = opened->plain + ISSUED;
	opened->extended_master_secret = opened->plain[EXTENDED_AT];
	return xstls_lifetime_is_over(opened->issued, lifetime) ? MBEDTLS_ERR_SSL_SESSION_TICKET_EXPIRED : 0;
}

int xstls_tickets_load(xstls_opened_ticket *opened, mbedtls_ssl_session *session)
{
	const uint8_t *plain = opened->plain;
	size_t size = (size_t)plain[LENGTH_AT] << 8 | plain[LENGTH_AT + 1];
	int result = size > opened->plain_length - SESSION ? MBEDTLS_ERR_SSL_INVALID_MAC
	                                                   : mbedtls_ssl_session_load(session, plain + SESSION, size);

	mbedtls_platform_zeroize(opened->plain, opened->plain_length);
	return result;
}
