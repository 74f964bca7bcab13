#include "tls-session-details.h"

#include <string.h>

#include "config/tls-config-state.h"
#include "resumption/tls-psk-internal.h"
#include "tls-session-state.h"

static const xstls_state *state_of(const xstls_session *session)
{
	return &session->handshake.state;
}

uint16_t xstls_session_version(const xstls_session *session)
{
	const xstls_state *s = state_of(session);

	return xstls_state_is_established(s) ? s->records->in.protection.version : 0;
}

bool xstls_session_is_resumed(const xstls_session *session)
{
	const xstls_state *s = state_of(session);

	return xstls_state_is_established(s) && !s->saw_certificate && !s->uses_psk;
}

const uint8_t *xstls_session_asked_name(const xstls_session *session, size_t *length)
{
	const xstls_state *s = state_of(session);
	const char *name = s->client ? xstls_client_server_name(s->client) : NULL;

	if (name) {
		*length = strlen(name);
		return (const uint8_t *)name;
	}
	if (!s->asked)
		return NULL;
	*length = s->asked->length;
	return s->asked->bytes;
}

const uint8_t *xstls_session_psk_identity(const xstls_session *session, size_t *length)
{
	const xstls_state *s = state_of(session);

	return xstls_state_is_established(s) && s->psk ? xstls_psks_get_name(s->config->psks, s->psk, length) : NULL;
}

const char *xstls_session_psk_hint(const xstls_session *session)
{
	const xstls_state *s = state_of(session);

	return s->client && xstls_state_is_established(s) ? s->client->hint : NULL;
}

const char *xstls_session_alpn(const xstls_session *session)
{
	return state_of(session)->negotiated.alpn;
}

// mbedTLS writes TLS1-3-AES-128-GCM-SHA256 and TLS-ECDHE-RSA-WITH-AES-128-GCM-SHA256 for what IANA registers as
// TLS_AES_128_GCM_SHA256 and TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256.
bool xstls_session_cipher(const xstls_session *session, char *name, size_t capacity)
{
	static const char old_prefix[] = "TLS1-3-";
	const xstls_state *s = state_of(session);
	const char *from;
	size_t length = 0;

	if (!xstls_state_is_established(s))
		return false;
	from = mbedtls_ssl_get_ciphersuite_name(s->records->in.protection.suite->number);
	if (strncmp(from, old_prefix, sizeof(old_prefix) - 1) == 0) {
		if (capacity < sizeof("TLS_"))
			return false;
		memcpy(name, "TLS_", 4);
		length = 4;
		from += sizeof(old_prefix) - 1;
	}
	for (; *from && length + 1 < capacity; from++)
		name[length++] = *from == '-' ? '_' : *from;
	name[length] = 0;
	return *from == 0;
}
