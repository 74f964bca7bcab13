// Tickets (RFC 5077, RFC 8446 §4.6.1): the session and the time of its issue under AES-256-GCM, with the name of the
// key before them. The configuration's binding is authenticated and not sent, so a ticket is good for nobody else.
//
//   name 8 | nonce 12 | encrypted: issued 8, pre-shared key 32, length of the session 2, session, zeros | tag 16
//
// A session by a pre-shared key names it by its token, others have zeros there.
//
// The zeros make a ticket longer than any identity of a pre-shared key, so that one that is out of date, whose key
// nobody has any more, is not taken for such an identity.

#include "tls-resumption-private.h"

#include <string.h>

#include "mbedtls/platform_util.h"
#include "psa/crypto.h"

#include "port/tls-alloc.h"
#include "config/tls-config-private.h"
#include "session/tls-engine-private.h"
#include "port/tls-port-session.h"
#include "port/tls-port.h"
#include "config/tls-psk-private.h"
#include "handshake/tls-selection.h"

enum { NONCE = 12, TAG = 16, ISSUED = 8, LENGTH = 2, BEFORE = TLS_TICKET_NAME + NONCE };
enum { LENGTH_AT = ISSUED + TLS_PSK_HASH, SESSION = LENGTH_AT + LENGTH };
enum { LEAST_PLAIN = TLS_PSK_MOST_IDENTITY + 1 - BEFORE - TAG };

bool tls_tickets_renew_key(tls_resumption *r)
{
	tls_ticket_key fresh;

	if (r->keys[0].created && !tls_resumption_is_over(r->keys[0].created, r->lifetime))
		return true;
	if (psa_generate_random(fresh.name, sizeof(fresh.name)) || psa_generate_random(fresh.secret, sizeof(fresh.secret)))
		return false;
	fresh.created = tls_port_now();
	r->keys[1] = r->keys[0];
	r->keys[0] = fresh;
	mbedtls_platform_zeroize(&fresh, sizeof(fresh));
	return true;
}

// A key serves its time, and then as long again for the tickets that were made with it.
static const tls_ticket_key *find_key(const tls_resumption *r, const uint8_t *name)
{
	for (int i = 0; i < 2; i++) {
		const tls_ticket_key *key = &r->keys[i];

		if (key->created && memcmp(key->name, name, TLS_TICKET_NAME) == 0)
			return tls_resumption_is_over(key->created, 2 * r->lifetime) ? NULL : key;
	}
	return NULL;
}

static psa_status_t import_key(const tls_ticket_key *key, psa_key_usage_t usage, mbedtls_svc_key_id_t *id)
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

// The plaintext stands where its ciphertext will.
static int encrypt(const tls_config *config, uint8_t *ticket, size_t plain_length)
{
	const tls_ticket_key *key = &config->resumption->keys[0];
	uint8_t *text = ticket + BEFORE, binding[TLS_RESUMPTION_BINDING];
	mbedtls_svc_key_id_t id;
	psa_status_t status;
	size_t length;

	if (!tls_session_bind(config->at_work, binding))
		return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
	memcpy(ticket, key->name, TLS_TICKET_NAME);
	status = psa_generate_random(ticket + TLS_TICKET_NAME, NONCE);
	if (status == PSA_SUCCESS)
		status = import_key(key, PSA_KEY_USAGE_ENCRYPT, &id);
	if (status != PSA_SUCCESS)
		return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
	status = psa_aead_encrypt(id, PSA_ALG_GCM, ticket + TLS_TICKET_NAME, NONCE, binding, sizeof(binding), text,
	                          plain_length, text, plain_length + TAG, &length);
	psa_destroy_key(id);
	return status == PSA_SUCCESS ? 0 : MBEDTLS_ERR_SSL_INTERNAL_ERROR;
}

static bool put_psk(const tls_config *config, uint8_t *token)
{
	const tls_session *s = config->at_work;

	memset(token, 0, TLS_PSK_HASH);
	return s->psk == 0 || tls_psks_get_token(config->psks, s->psk, token);
}

// The number of the key that a session is by, 0 for none. False when the key is not there any more.
static bool find_psk(const tls_config *config, const uint8_t *token, uint32_t *number)
{
	static const uint8_t none[TLS_PSK_HASH];
	bool is_by_psk = memcmp(token, none, TLS_PSK_HASH) != 0;

	*number = is_by_psk ? tls_psks_get_number(config->psks, token) : 0;
	return !is_by_psk || *number;
}

static int on_write(void *data, const mbedtls_ssl_session *session, unsigned char *start, const unsigned char *end,
                    size_t *length, uint32_t *lifetime)
{
	tls_config *config = data;
	size_t room = (size_t)(end - start), size, plain_length;
	uint8_t *plain = start + BEFORE;
	int result;

	*lifetime = config->resumption->lifetime;
	if (room < BEFORE + LEAST_PLAIN + TAG)
		return MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL;
	if (!put_psk(config, plain + ISSUED) || !tls_tickets_renew_key(config->resumption))
		return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
	result = mbedtls_ssl_session_save(session, plain + SESSION, room - BEFORE - SESSION - TAG, &size);
	if (result)
		return result;
	put_time(plain, tls_port_now());
	plain[LENGTH_AT] = (uint8_t)(size >> 8);
	plain[LENGTH_AT + 1] = (uint8_t)size;
	plain_length = SESSION + size;
	if (plain_length < LEAST_PLAIN) {
		memset(plain + plain_length, 0, LEAST_PLAIN - plain_length);
		plain_length = LEAST_PLAIN;
	}
	*length = BEFORE + plain_length + TAG;
	return encrypt(config, start, plain_length);
}

static int decrypt(const tls_config *config, uint8_t *ticket, size_t length, size_t *plain_length)
{
	const tls_ticket_key *key = find_key(config->resumption, ticket);
	uint8_t *text = ticket + BEFORE, binding[TLS_RESUMPTION_BINDING];
	mbedtls_svc_key_id_t id;
	psa_status_t status;

	if (!key || !tls_session_bind(config->at_work, binding) ||
	    import_key(key, PSA_KEY_USAGE_DECRYPT, &id) != PSA_SUCCESS)
		return MBEDTLS_ERR_SSL_INVALID_MAC;
	status = psa_aead_decrypt(id, PSA_ALG_GCM, ticket + TLS_TICKET_NAME, NONCE, binding, sizeof(binding), text,
	                          length - BEFORE, text, length - BEFORE - TAG, plain_length);
	psa_destroy_key(id);
	return status == PSA_SUCCESS ? 0 : MBEDTLS_ERR_SSL_INVALID_MAC;
}

// mbedTLS ends a handshake of TLS 1.3 whose ticket is of a suite that cannot be; over TLS 1.2 it goes on with any
// ticket, under the suite that it would choose without.
static bool may_resume(const tls_config *config, const mbedtls_ssl_session *session)
{
	return tls_selection_may_resume(config->at_work, tls_port_session_version(session),
	                                mbedtls_ssl_session_get_ciphersuite_id(session)) &&
	       tls_resumption_is_in_date(config, session);
}

static int on_parse(void *data, mbedtls_ssl_session *session, unsigned char *ticket, size_t length)
{
	tls_config *config = data;
	uint8_t *plain = ticket + BEFORE;
	uint64_t issued;
	size_t plain_length, size;
	uint32_t psk;
	int result;

	if (length < BEFORE + LEAST_PLAIN + TAG || decrypt(config, ticket, length, &plain_length))
		return MBEDTLS_ERR_SSL_INVALID_MAC;
	issued = get_time(plain);
	if (tls_resumption_is_over(issued, config->resumption->lifetime))
		return MBEDTLS_ERR_SSL_SESSION_TICKET_EXPIRED;
	if (!find_psk(config, plain + ISSUED, &psk))
		return MBEDTLS_ERR_SSL_INVALID_MAC;
	size = (size_t)plain[LENGTH_AT] << 8 | plain[LENGTH_AT + 1];
	result = size > plain_length - SESSION ? MBEDTLS_ERR_SSL_INVALID_MAC
	                                       : mbedtls_ssl_session_load(session, plain + SESSION, size);
	mbedtls_platform_zeroize(plain, plain_length);
	if (result == 0 && !may_resume(config, session))
		result = MBEDTLS_ERR_SSL_SESSION_TICKET_EXPIRED;
	if (result)
		return result;
	tls_port_set_ticket_age(session, tls_resumption_age(issued));
	// Last of all: who a ticket stands for counts with the session in it, and with no other.
	config->at_work->psk = psk;
	return 0;
}

void tls_tickets_apply(tls_config *config, mbedtls_ssl_config *ssl)
{
	bool asks = config->verify[TLS_SERVER] != TLS_VERIFY_NONE;

	if (!config->resumption->has_tickets || (asks && !tls_port_tickets_suit_client_auth()))
		return;
	mbedtls_ssl_conf_session_tickets_cb(ssl, on_write, on_parse, config);
	// Those of TLS 1.3 do not say who the client is.
	if (asks)
		mbedtls_ssl_conf_new_session_tickets(ssl, 0);
}
