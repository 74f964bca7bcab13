#include "tls-server-callbacks.h"

#include <string.h>

#include "mbedtls/platform_util.h"

#include "config/tls-config-state.h"
#include "config/tls-policy-config-internal.h"
#include "port/tls-port-session.h"
#include "port/tls-port-time.h"
#include "resumption/tls-lifetime.h"
#include "resumption/tls-psk-find.h"
#include "resumption/tls-psk-internal.h"
#include "resumption/tls-resumption-internal.h"
#include "negotiation/tls-binders.h"
#include "negotiation/tls-client-auth.h"
#include "negotiation/tls-selection.h"
#include "negotiation/tls-session-owner.h"
#include "x509/tls-x509-time.h"

static int on_certificate_selection(mbedtls_ssl_context *ssl)
{
	xstls_handshake *h = mbedtls_ssl_get_user_data_p(ssl);

	xstls_client_auth_begin(h);
	return xstls_selection_give_identities(h);
}

// Over TLS 1.3 a server that has a certificate continues with that when it does not know the identity, as it must for a
// ticket that is out of date. So there a peer can find out which identities are known, as docs/errors.md says.
static bool may_use_decoy(const xstls_handshake *h)
{
	return mbedtls_ssl_get_version_number(h->ssl) == MBEDTLS_SSL_VERSION_TLS1_2 || !h->state.config->identities;
}

// RFC 8446 §4.2.11: a key that is no session's is for SHA-256.
static void renew_binder(const xstls_handshake *h, const uint8_t *identity, size_t length, xstls_hmac_span key)
{
	xstls_binder_place place = xstls_binders_find(h, identity, length);

	xstls_binders_renew(h, &place, &(xstls_binder_key){.key = key, .hash = PSA_ALG_SHA_256});
}

static int on_psk_identity(void *unused, mbedtls_ssl_context *ssl, const unsigned char *identity, size_t length)
{
	xstls_handshake *h = mbedtls_ssl_get_user_data_p(ssl);
	xstls_state *s = &h->state;
	uint8_t key[TLS_PSK_MOST_KEY];
	size_t key_length;
	int result;

	(void)unused;
	if (!xstls_psks_find_key(s->config->psks, identity, length, key, &key_length, &s->psk))
		return MBEDTLS_ERR_SSL_UNKNOWN_IDENTITY;
	if (s->psk == 0 && !may_use_decoy(h))
		return MBEDTLS_ERR_SSL_UNKNOWN_IDENTITY;
	s->uses_psk = true;
	renew_binder(h, identity, length, (xstls_hmac_span){key, key_length});
	result = mbedtls_ssl_set_hs_psk(ssl, key, key_length);
	mbedtls_platform_zeroize(key, sizeof(key));
	return result;
}

// Whether the client's certificate that a session was made with is valid now; true when there was none.
static bool is_in_date(const xstls_config *config, const mbedtls_ssl_session *session)
{
	const mbedtls_x509_crt *certificate = xstls_port_session_certificate(session);
	int64_t now = xstls_port_clock();

	if (!certificate || !xstls_trust_counts_dates(&config->trust))
		return true;
	return xstls_x509_seconds(&certificate->valid_from) <= now && now <= xstls_x509_seconds(&certificate->valid_to);
}

// RFC 7627 §5.3. A session without the extended master secret is not resumed by a client that offers it; one with it
// ends the handshake of a client that does not. What mbedTLS has written by then is not sent.
static bool suits_master_secret(xstls_handshake *h, bool is_extended)
{
	if (is_extended && !h->offers_extended_master_secret) {
		h->refused = TLS_E_HANDSHAKE_FAILURE;
		h->only_alerts = true;
	}
	return is_extended == h->offers_extended_master_secret;
}

static int on_cache_get(void *conf, const unsigned char *id, size_t id_length, mbedtls_ssl_session *session)
{
	xstls_handshake *h = mbedtls_ssl_conf_get_user_data_p(conf);
	xstls_state *s = &h->state;
	xstls_resumption *store = s->config->resumption;
	uint8_t binding[TLS_BINDING], token[TLS_PSK_HASH];
	xstls_cache_entry *entry = xstls_session_binding(s, binding)
	                               ? xstls_cache_find(&store->cache, store->lifetime, id, id_length, binding)
	                               : NULL;
	uint32_t psk;

	if (!entry || !suits_master_secret(h, xstls_cache_has_extended_master_secret(entry)))
		return MBEDTLS_ERR_SSL_UNKNOWN_IDENTITY;
	psk = xstls_cache_psk(entry);
	if (psk && !xstls_psks_get_token(s->config->psks, psk, token))
		return MBEDTLS_ERR_SSL_UNKNOWN_IDENTITY;
	if (xstls_cache_load(&store->cache, entry, session) || !is_in_date(s->config, session))
		return MBEDTLS_ERR_SSL_UNKNOWN_IDENTITY;
	s->psk = psk;
	return 0;
}

static int on_cache_set(void *conf, const unsigned char *id, size_t id_length, const mbedtls_ssl_session *session)
{
	const xstls_handshake *h = mbedtls_ssl_conf_get_user_data_p(conf);
	xstls_resumption *store = h->state.config->resumption;
	xstls_cache_owner owner = {.psk = h->state.psk, .extended_master_secret = h->offers_extended_master_secret};

	if (!xstls_session_binding(&h->state, owner.binding))
		return MBEDTLS_ERR_SSL_ALLOC_FAILED;
	return xstls_cache_put(&store->cache, store->lifetime, id, id_length, &owner, session);
}

static int on_ticket_write(void *conf, const mbedtls_ssl_session *session, unsigned char *start,
                           const unsigned char *end, size_t *length, uint32_t *lifetime)
{
	const xstls_handshake *h = mbedtls_ssl_conf_get_user_data_p(conf);
	xstls_resumption *store = h->state.config->resumption;
	xstls_ticket_owner owner;

	*lifetime = store->lifetime;
	if (!xstls_session_owner(h, &owner))
		return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
	return xstls_tickets_write(store->keys, store->lifetime, &owner, session, start, end, length);
}

// The number of the key that a ticket's session is by, 0 for none. False when the key is not there any more.
static bool find_psk(const xstls_config *config, const uint8_t *token, uint32_t *number)
{
	static const uint8_t none[TLS_PSK_HASH];
	bool is_by_psk = memcmp(token, none, TLS_PSK_HASH) != 0;

	*number = is_by_psk ? xstls_psks_get_number(config->psks, token) : 0;
	return !is_by_psk || *number;
}

// mbedTLS ends a handshake of TLS 1.3 whose ticket is of a suite that cannot be used; over TLS 1.2 it resumes any
// ticket, under the suite that a full handshake would use.
static bool may_resume(const xstls_handshake *h, const mbedtls_ssl_session *session)
{
	return xstls_selection_may_resume(h, xstls_port_session_version(session),
	                                  mbedtls_ssl_session_get_ciphersuite_id(session)) &&
	       is_in_date(h->state.config, session);
}

// Over TLS 1.3 there is no other.
static bool may_keep_master_secret(xstls_handshake *h, const mbedtls_ssl_session *session,
                                   const xstls_opened_ticket *opened)
{
	return xstls_port_session_version(session) != MBEDTLS_SSL_VERSION_TLS1_2 ||
	       suits_master_secret(h, opened->extended_master_secret);
}

static void renew_ticket_binder(const xstls_handshake *h, const xstls_binder_place *place,
                                const mbedtls_ssl_session *session)
{
	const xstls_suite *suite = xstls_suite_of(mbedtls_ssl_session_get_ciphersuite_id(session));
	xstls_binder_key key = {.is_resumption = true};

	key.hash = suite ? suite->hash : PSA_ALG_SHA_256;
	key.key.data = xstls_port_resumption_key(session, &key.key.length);
	xstls_binders_renew(h, place, &key);
}

static int on_ticket_parse(void *conf, mbedtls_ssl_session *session, unsigned char *ticket, size_t length)
{
	xstls_handshake *h = mbedtls_ssl_conf_get_user_data_p(conf);
	xstls_resumption *store = h->state.config->resumption;
	uint8_t binding[TLS_BINDING];
	xstls_opened_ticket opened;
	// Before the ticket is opened, in place.
	xstls_binder_place place = xstls_binders_find(h, ticket, length);
	uint32_t psk;
	int result;

	if (!xstls_session_binding(&h->state, binding))
		return MBEDTLS_ERR_SSL_INVALID_MAC;
	result = xstls_tickets_open(store->keys, store->lifetime, binding, ticket, length, &opened);
	if (result == 0 && !find_psk(h->state.config, opened.psk_token, &psk))
		result = MBEDTLS_ERR_SSL_INVALID_MAC;
	if (result == 0)
		result = xstls_tickets_load(&opened, session);
	if (result == 0 && (!may_resume(h, session) || !may_keep_master_secret(h, session, &opened)))
		result = MBEDTLS_ERR_SSL_SESSION_TICKET_EXPIRED;
	if (result)
		return result;
	renew_ticket_binder(h, &place, session);
	xstls_port_set_ticket_age(session, xstls_lifetime_age(opened.issued));
	// Only now, for the key counts with this session and with no other.
	h->state.psk = psk;
	return 0;
}

static void set_up_tickets(const xstls_config *config, mbedtls_ssl_config *conf)
{
	bool asks = config->verify[TLS_SERVER] != TLS_VERIFY_NONE;

	if (!config->resumption->has_tickets || (asks && !xstls_port_tickets_suit_client_auth()))
		return;
	mbedtls_ssl_conf_session_tickets_cb(conf, on_ticket_write, on_ticket_parse, conf);
	// Those of TLS 1.3 are the engine's own (tls-server-ticket.c).
	mbedtls_ssl_conf_new_session_tickets(conf, 0);
}

void xstls_server_callbacks_set_up(xstls_handshake *h)
{
	xstls_config *config = h->state.config;
	mbedtls_ssl_config *conf = &config->ssl[TLS_SERVER];

	mbedtls_ssl_conf_cert_cb(conf, on_certificate_selection);
	if (config->psks)
		mbedtls_ssl_conf_psk_cb(conf, on_psk_identity, NULL);
	if (!config->resumption)
		return;
	if (config->resumption->cache.most)
		mbedtls_ssl_conf_session_cache(conf, conf, on_cache_get, on_cache_set);
	set_up_tickets(config, conf);
}

void xstls_server_callbacks_serve(xstls_handshake *h)
{
	mbedtls_ssl_config *conf = &h->state.config->ssl[TLS_SERVER];

	mbedtls_ssl_conf_set_user_data_p(conf, h);
	xstls_port_lend_identity(conf, h->work && h->work->identity ? h->work->identity->alone : NULL);
	if (h->work && h->work->suites[0])
		mbedtls_ssl_conf_ciphersuites(conf, h->work->suites);
	else
		xstls_policy_reset_suites(h->state.config, TLS_SERVER);
}
