// An exported session, numbers big-endian:
//
//   format 1 | verified 8 | received 8 | not before 8 | not after 8 | length of the certificate 2 | certificate
//   | session as mbedTLS serializes it | SHA-256 over what it is bound to and all of this
//
// - It is bound to the server's name and to the configuration's binding: whoever would verify otherwise, or is somebody
//   else, makes a full handshake.
// - Times of the wall clock are in ms since 1970, the dates between which the whole chain is valid in seconds.
// - The certificate is the server's own. The session has none in it.

#include "tls-client-session.h"

#include <string.h>

#include "psa/crypto.h"

#include "port/tls-alloc.h"
#include "tls-client-session-private.h"
#include "open/tls-client-ticket.h"
#include "config/tls-config-private.h"
#include "session/tls-engine-private.h"
#include "port/tls-port-session.h"
#include "port/tls-port.h"
#include "resumption/tls-resumption-private.h"
#include "trust/tls-trust-private.h"
#include "trust/tls-x509-time.h"

enum { FORMAT = 2, TIME = 8, CERTIFICATE_LENGTH = 2, HEADER = 1 + 4 * TIME + CERTIFICATE_LENGTH, SEAL = 32 };

tls_client *tls_client_new(const char *name)
{
	size_t length = name ? strlen(name) : 0;
	tls_client *client = tls_calloc(1, sizeof(tls_client) + length + 1);

	if (!client || !name)
		return client;
	// RFC 6066 §3: without a final dot.
	if (length && name[length - 1] == '.')
		length--;
	client->is_named = true;
	memcpy(client->name, name, length);
	return client;
}

void tls_client_free(tls_client *client)
{
	if (!client)
		return;
	if (client->resumable)
		tls_port_free_session(client->resumable);
	tls_free(client->hint);
	tls_free(client);
}

static void put_number(uint8_t **at, uint64_t number, int bytes)
{
	while (bytes--)
		*(*at)++ = (uint8_t)(number >> 8 * bytes);
}

static uint64_t get_number(const uint8_t **at, int bytes)
{
	uint64_t number = 0;

	while (bytes--)
		number = number << 8 | *(*at)++;
	return number;
}

static psa_status_t hash_name(psa_hash_operation_t *hash, const tls_client *client)
{
	const char *name = client->is_named ? client->name : NULL;

	// The NUL counts: no name is not an empty one.
	return name ? psa_hash_update(hash, (const uint8_t *)name, strlen(name) + 1) : PSA_SUCCESS;
}

static bool compute_seal(const tls_session *s, const uint8_t *exported, size_t length, uint8_t seal[SEAL])
{
	psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
	const uint8_t *binding = s->config->binding[TLS_CLIENT];
	psa_status_t status = psa_hash_setup(&hash, PSA_ALG_SHA_256);
	size_t written;

	if (status == PSA_SUCCESS)
		status = psa_hash_update(&hash, binding, TLS_RESUMPTION_BINDING);
	if (status == PSA_SUCCESS)
		status = hash_name(&hash, s->client);
	if (status == PSA_SUCCESS)
		status = psa_hash_update(&hash, exported, length);
	if (status == PSA_SUCCESS)
		status = psa_hash_finish(&hash, seal, SEAL, &written);
	psa_hash_abort(&hash);
	return status == PSA_SUCCESS;
}

// Who was not verified is not to be let in next time without a look.
static bool is_worth_keeping(const tls_session *s)
{
	return s->agreed.chain && s->agreed.verify_flags == 0 && tls_port_session_is_resumable(s->client->resumable);
}

void tls_client_session_opened(tls_session *s)
{
	if (!s->client)
		return;
	s->client->resumable = tls_port_take_session(s->ssl);
	if (tls_session_version(s) == TLS_1_2)
		tls_client_session_renewed(s);
}

void tls_client_session_renewed(tls_session *s)
{
	s->client->has_news = is_worth_keeping(s);
	s->client->received = tls_port_now();
}

void tls_client_session_verifying(tls_session *s)
{
	if (!s->client || !tls_port_is_at_certificate(s->ssl) || s->saw_certificate)
		return;
	tls_port_drop_ticket(s->ssl);
	s->client->verified = tls_port_now();
	s->client->not_before = INT64_MIN;
	s->client->not_after = INT64_MAX;
}

void tls_client_session_verified(tls_session *s, const mbedtls_x509_crt *certificate)
{
	int64_t from = tls_x509_seconds(&certificate->valid_from), to = tls_x509_seconds(&certificate->valid_to);

	if (from > s->client->not_before)
		s->client->not_before = from;
	if (to < s->client->not_after)
		s->client->not_after = to;
}

static bool write_session(const tls_session *s, uint8_t *exported, size_t length)
{
	const tls_client *client = s->client;
	uint8_t *at = exported;
	size_t size;

	put_number(&at, FORMAT, 1);
	put_number(&at, client->verified, TIME);
	put_number(&at, client->received, TIME);
	put_number(&at, (uint64_t)client->not_before, TIME);
	put_number(&at, (uint64_t)client->not_after, TIME);
	put_number(&at, s->agreed.leaf_length, CERTIFICATE_LENGTH);
	memcpy(at, s->agreed.chain, s->agreed.leaf_length);
	at += s->agreed.leaf_length;
	length -= SEAL;
	return mbedtls_ssl_session_save(client->resumable, at, length - (size_t)(at - exported), &size) == 0 &&
	       compute_seal(s, exported, length, exported + length);
}

size_t tls_session_export(tls_session *s, uint8_t *exported, size_t capacity)
{
	size_t size = 0, length;

	if (!s->client || !s->client->has_news || !tls_session_is_established(s))
		return 0;
	mbedtls_ssl_session_save(s->client->resumable, NULL, 0, &size);
	if (size == 0 || s->agreed.leaf_length > UINT16_MAX)
		return 0;
	length = HEADER + s->agreed.leaf_length + size + SEAL;
	if (capacity < length)
		return length;
	s->client->has_news = false;
	return write_session(s, exported, length) ? length : 0;
}

static bool is_sealed_for(const tls_session *s, const uint8_t *exported, size_t length)
{
	uint8_t seal[SEAL];

	return length > HEADER + SEAL && exported[0] == FORMAT && compute_seal(s, exported, length - SEAL, seal) &&
	       memcmp(seal, exported + length - SEAL, SEAL) == 0;
}

// By the header, whether the certificates would be verified now as they were then.
static bool read_header(tls_session *s, const uint8_t **at, size_t *certificate_length)
{
	tls_client *client = s->client;
	int64_t now = tls_port_clock();

	(*at)++;
	client->verified = get_number(at, TIME);
	client->received = get_number(at, TIME);
	client->not_before = (int64_t)get_number(at, TIME);
	client->not_after = (int64_t)get_number(at, TIME);
	*certificate_length = (size_t)get_number(at, CERTIFICATE_LENGTH);
	if (tls_resumption_is_over(client->verified, TLS_RESUMPTION_MOST_LIFETIME))
		return false;
	return !tls_trust_counts_dates(s->config) || (client->not_before <= now && now <= client->not_after);
}

// A TLS 1.2 server that does not say is held to a day (RFC 5246 §F.1.4).
static bool is_in_time(const tls_client *client, const mbedtls_ssl_session *session)
{
	enum { DAY = 86400 };
	uint32_t lifetime = tls_port_session_lifetime(session);

	return !tls_resumption_is_over(client->received, lifetime ? lifetime : DAY);
}

static bool load(tls_session *s, mbedtls_ssl_session *session, const uint8_t *at, const uint8_t *end)
{
	const uint8_t *certificate;
	size_t certificate_length;
	uint16_t version;

	if (!read_header(s, &at, &certificate_length) || certificate_length >= (size_t)(end - at))
		return false;
	certificate = at;
	at += certificate_length;
	if (mbedtls_ssl_session_load(session, at, (size_t)(end - at)))
		return false;
	version = tls_port_session_version(session);
	if (version < s->config->lowest || version > s->config->highest || !is_in_time(s->client, session) ||
	    tls_port_session_ticket_length(session) > TLS_CLIENT_TICKET_MOST)
		return false;
	if (tls_policy_place_of(s->config, TLS_CLIENT, mbedtls_ssl_session_get_ciphersuite_id(session)) < 0)
		return false;
	if (tls_port_put_certificate(session, certificate, certificate_length))
		return false;
	tls_port_set_kept_ticket_age(session, tls_resumption_age(s->client->received));
	return true;
}

// Without memory mbedTLS takes half of a session and writes a ClientHello that nobody can read; it begins anew without.
static bool offer(tls_session *s, const mbedtls_ssl_session *session)
{
	if (!tls_session_begin(s))
		return false;
	if (mbedtls_ssl_set_session(s->ssl, session) == 0)
		return true;
	tls_session_drop_library(s);
	s->state = STATE_IDLE;
	return false;
}

bool tls_session_restore(tls_session *s, const uint8_t *exported, size_t length)
{
	mbedtls_ssl_session session;
	bool is_restored;

	if (!s->client || s->state != STATE_IDLE || s->config->has_client_psk || !is_sealed_for(s, exported, length))
		return false;
	mbedtls_ssl_session_init(&session);
	is_restored = load(s, &session, exported, exported + length - SEAL) && offer(s, &session);
	mbedtls_ssl_session_free(&session);
	return is_restored;
}
