#include "tls-resumption-internal.h"

#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/tls-alloc.h"
#include "port/tls-port-crypto.h"

enum { EXPORT_VERSION = 1, EXPORTED_KEY = TLS_TICKET_NAME + TLS_TICKET_SECRET + 8 };

xstls_resumption *xstls_resumption_new(size_t entries, uint32_t lifetime, bool tickets)
{
	xstls_resumption *r;

	if (!xstls_port_start() || lifetime < 1 || lifetime > TLS_RESUMPTION_MOST_LIFETIME)
		return NULL;
	r = xstls_calloc(1, sizeof(xstls_resumption));
	if (!r)
		return NULL;
	r->references = 1;
	r->lifetime = lifetime;
	r->has_tickets = tickets;
	r->cache.most = entries;
	r->cache.most_bytes = entries * (TLS_RESUMPTION_ENTRY + TLS_RESUMPTION_CERTIFICATE);
	return r;
}

xstls_resumption *xstls_resumption_retain(xstls_resumption *r)
{
	r->references++;
	return r;
}

void xstls_resumption_release(xstls_resumption *r)
{
	if (!r || --r->references)
		return;
	xstls_cache_clear(&r->cache);
	mbedtls_platform_zeroize(r, sizeof(*r));
	xstls_free(r);
}

size_t xstls_resumption_entries(const xstls_resumption *r)
{
	return r->cache.count;
}

size_t xstls_resumption_bytes(const xstls_resumption *r)
{
	return r->cache.bytes;
}

static uint8_t *put(uint8_t *out, const uint8_t *bytes, size_t length)
{
	memcpy(out, bytes, length);
	return out + length;
}

xstls_error xstls_resumption_export_keys(xstls_resumption *r, uint8_t *out)
{
	if (!r->has_tickets)
		return TLS_E_STATE;
	if (!xstls_tickets_renew_key(r->keys, r->lifetime))
		return TLS_E_RANDOM;
	*out++ = EXPORT_VERSION;
	for (int i = 0; i < 2; i++) {
		const xstls_ticket_key *key = &r->keys[i];

		out = put(out, key->name, TLS_TICKET_NAME);
		out = put(out, key->secret, TLS_TICKET_SECRET);
		for (int shift = 56; shift >= 0; shift -= 8)
			*out++ = (uint8_t)(key->created >> shift);
	}
	return TLS_E_NONE;
}

static xstls_ticket_key take_key(const uint8_t *in)
{
	xstls_ticket_key key = {.created = 0};

	memcpy(key.name, in, TLS_TICKET_NAME);
	memcpy(key.secret, in + TLS_TICKET_NAME, TLS_TICKET_SECRET);
	for (int byte = 0; byte < 8; byte++)
		key.created = key.created << 8 | in[TLS_TICKET_NAME + TLS_TICKET_SECRET + byte];
	return key;
}

xstls_error xstls_resumption_import_keys(xstls_resumption *r, const uint8_t *exported, size_t length)
{
	xstls_ticket_key keys[2];
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
