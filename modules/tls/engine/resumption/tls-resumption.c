#include "tls-resumption-private.h"

#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/tls-alloc.h"
#include "port/tls-port-crypto.h"

enum { EXPORT_VERSION = 1, EXPORTED_KEY = TLS_TICKET_NAME + TLS_TICKET_SECRET + 8 };

tls_resumption *tls_resumption_new(size_t entries, uint32_t lifetime, bool tickets)
{
	tls_resumption *r;

	if (!tls_port_start() || lifetime < 1 || lifetime > TLS_RESUMPTION_MOST_LIFETIME)
		return NULL;
	r = tls_calloc(1, sizeof(tls_resumption));
	if (!r)
		return NULL;
	r->references = 1;
	r->lifetime = lifetime;
	r->has_tickets = tickets;
	r->cache.most = entries;
	return r;
}

tls_resumption *tls_resumption_retain(tls_resumption *r)
{
	r->references++;
	return r;
}

void tls_resumption_release(tls_resumption *r)
{
	if (!r || --r->references)
		return;
	tls_cache_clear(&r->cache);
	mbedtls_platform_zeroize(r, sizeof(*r));
	tls_free(r);
}

size_t tls_resumption_entries(const tls_resumption *r)
{
	return r->cache.count;
}

size_t tls_resumption_bytes(const tls_resumption *r)
{
	return r->cache.bytes;
}

static uint8_t *put(uint8_t *out, const uint8_t *bytes, size_t length)
{
	memcpy(out, bytes, length);
	return out + length;
}

tls_error tls_resumption_export_keys(tls_resumption *r, uint8_t *out)
{
	if (!r->has_tickets)
		return TLS_E_STATE;
	if (!tls_tickets_renew_key(r->keys, r->lifetime))
		return TLS_E_RANDOM;
	*out++ = EXPORT_VERSION;
	for (int i = 0; i < 2; i++) {
		const tls_ticket_key *key = &r->keys[i];

		out = put(out, key->name, TLS_TICKET_NAME);
		out = put(out, key->secret, TLS_TICKET_SECRET);
		for (int shift = 56; shift >= 0; shift -= 8)
			*out++ = (uint8_t)(key->created >> shift);
	}
	return TLS_E_NONE;
}

static tls_ticket_key take_key(const uint8_t *in)
{
	tls_ticket_key key = {.created = 0};

	memcpy(key.name, in, TLS_TICKET_NAME);
	memcpy(key.secret, in + TLS_TICKET_NAME, TLS_TICKET_SECRET);
	for (int byte = 0; byte < 8; byte++)
		key.created = key.created << 8 | in[TLS_TICKET_NAME + TLS_TICKET_SECRET + byte];
	return key;
}

tls_error tls_resumption_import_keys(tls_resumption *r, const uint8_t *exported, size_t length)
{
	tls_ticket_key keys[2];
	bool has_key;

	if (!r->has_tickets)
		return TLS_E_STATE;
	if (length != TLS_TICKET_KEYS_EXPORT || exported[0] != EXPORT_VERSION)
		return TLS_E_ARGUMENT;
	keys[0] = take_key(exported + 1);
	keys[1] = take_key(exported + 1 + EXPORTED_KEY);
	has_key = keys[0].created != 0;
	if (has_key)
		memcpy(r->keys, keys, sizeof(keys));
	mbedtls_platform_zeroize(keys, sizeof(keys));
	return has_key ? TLS_E_NONE : TLS_E_ARGUMENT;
}
