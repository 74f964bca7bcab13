#include "tls-client-session.h"

#include "config/tls-config-state.h"
#include "config/tls-policy-config-internal.h"
#include "handshake/tls-handshake.h"
#include "port/tls-port-session.h"
#include "port/tls-port-time.h"
#include "resumption/tls-exported-session.h"
#include "resumption/tls-lifetime.h"
#include "tls-session-state.h"

static xstls_exported_owner owner_of(const xstls_state *s)
{
	return (xstls_exported_owner){s->config->binding[TLS_CLIENT], xstls_client_server_name(s->client)};
}

static bool write_session(const xstls_state *s, uint8_t *exported, size_t length)
{
	const xstls_exported_owner owner = owner_of(s);
	const xstls_exported_session parts = {
	    .times = s->client->times,
	    .certificate = s->negotiated.chain,
	    .certificate_length = s->negotiated.leaf_length,
	    .extended_master_secret = s->client->extended_master_secret,
	};

	return xstls_exported_write(&owner, &parts, s->client->resumable, exported, length);
}

size_t xstls_session_export(xstls_session *session, uint8_t *exported, size_t capacity)
{
	const xstls_state *s = &session->handshake.state;
	size_t size = 0, length;

	if (!s->client || !s->client->is_unexported || !xstls_state_is_established(s))
		return 0;
	mbedtls_ssl_session_save(s->client->resumable, NULL, 0, &size);
	length = size ? xstls_exported_length(s->negotiated.leaf_length, size) : 0;
	if (capacity < length || length == 0)
		return length;
	s->client->is_unexported = false;
	return write_session(s, exported, length) ? length : 0;
}

// Whether the server's chain would be verified now as it was then.
static bool is_still_verified(const xstls_state *s, const xstls_exported_times *times)
{
	int64_t now = xstls_port_clock();

	if (xstls_lifetime_is_over(times->verified, TLS_RESUMPTION_MOST_LIFETIME))
		return false;
	return !xstls_trust_counts_dates(&s->config->trust) || (times->not_before <= now && now <= times->not_after);
}

// A session of a TLS 1.2 server that names no lifetime is used for a day (RFC 5246 §F.1.4).
static bool is_in_time(const xstls_exported_times *times, const mbedtls_ssl_session *session)
{
	enum { DAY = 86400 };
	uint32_t lifetime = xstls_port_session_lifetime(session);

	return !xstls_lifetime_is_over(times->received, lifetime ? lifetime : DAY);
}

// Whether the configuration would agree on it in a full handshake.
static bool is_allowed(const xstls_config *config, const mbedtls_ssl_session *session)
{
	uint16_t version = xstls_port_session_version(session);

	return version >= config->lowest && version <= config->highest &&
	       xstls_policy_place_of(config, TLS_CLIENT, mbedtls_ssl_session_get_ciphersuite_id(session)) >= 0;
}

static bool load(const xstls_state *s, const uint8_t *exported, size_t length, mbedtls_ssl_session *session)
{
	const xstls_exported_owner owner = owner_of(s);
	xstls_exported_session parts;

	if (!xstls_exported_read(&owner, exported, length, &parts) || !is_still_verified(s, &parts.times))
		return false;
	if (mbedtls_ssl_session_load(session, parts.session, parts.session_length))
		return false;
	if (!is_allowed(s->config, session) || !is_in_time(&parts.times, session) ||
	    xstls_port_session_ticket_length(session) > TLS_CLIENT_MOST_TICKET)
		return false;
	if (xstls_port_put_certificate(session, parts.certificate, parts.certificate_length))
		return false;
	xstls_port_set_kept_ticket_age(session, xstls_lifetime_age(parts.times.received));
	s->client->times = parts.times;
	s->client->extended_master_secret = parts.extended_master_secret;
	return true;
}

bool xstls_session_restore(xstls_session *session, const uint8_t *exported, size_t length)
{
	xstls_handshake *h = &session->handshake;
	const xstls_state *s = &h->state;
	mbedtls_ssl_session restored;
	bool is_restored;

	if (!s->client || s->phase != PHASE_IDLE || s->config->has_client_psk)
		return false;
	mbedtls_ssl_session_init(&restored);
	is_restored = load(s, exported, length, &restored) && xstls_handshake_offer(h, &restored);
	mbedtls_ssl_session_free(&restored);
	return is_restored;
}
