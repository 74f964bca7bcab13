// What the handshake agreed on.

#include "config/tls-config-private.h"
#include "tls-engine-private.h"
#include "config/tls-psk-private.h"

#include <string.h>

uint16_t tls_session_version(const tls_session *s)
{
	return tls_session_is_established(s) ? s->records->in.protection.version : 0;
}

bool tls_session_is_resumed(const tls_session *s)
{
	return tls_session_is_established(s) && !s->saw_certificate && !s->uses_psk;
}

const uint8_t *tls_session_asked_name(const tls_session *s, size_t *length)
{
	if (s->client && s->client->is_named) {
		*length = strlen(s->client->name);
		return (const uint8_t *)s->client->name;
	}
	if (!s->asked)
		return NULL;
	*length = s->asked->length;
	return s->asked->bytes;
}

const uint8_t *tls_session_psk_identity(const tls_session *s, size_t *length)
{
	return tls_session_is_established(s) && s->psk ? tls_psks_get_name(s->config->psks, s->psk, length) : NULL;
}

const char *tls_session_alpn(const tls_session *s)
{
	return s->agreed.alpn;
}

// mbedTLS writes TLS1-3-AES-128-GCM-SHA256 and TLS-ECDHE-RSA-WITH-AES-128-GCM-SHA256 for what IANA registers as
// TLS_AES_128_GCM_SHA256 and TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256.
bool tls_session_cipher(const tls_session *s, char *name, size_t capacity)
{
	static const char old_prefix[] = "TLS1-3-";
	const char *from;
	size_t length = 0;

	if (!tls_session_is_established(s))
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
