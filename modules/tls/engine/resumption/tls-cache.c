// A list with the session used last at its head: it is short enough to search it from there.

#include "tls-cache.h"

#include <stddef.h>
#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/tls-alloc.h"
#include "port/tls-port-session.h"
#include "port/tls-port-time.h"
#include "tls-lifetime.h"

enum { SESSION_ID = 32 };

struct xstls_cache_entry {
	xstls_cache_entry *next;
	uint64_t created;
	xstls_cache_owner owner;
	uint8_t id[SESSION_ID];
	uint8_t id_length;
	uint16_t size; // of `session`, as mbedTLS serializes it
	uint8_t session[];
};

static size_t entry_bytes(size_t session)
{
	return offsetof(xstls_cache_entry, session) + session;
}

static void drop(xstls_cache *cache, xstls_cache_entry **link)
{
	xstls_cache_entry *entry = *link;
	size_t bytes = entry_bytes(entry->size);

	*link = entry->next;
	cache->count--;
	cache->bytes -= bytes;
	mbedtls_platform_zeroize(entry, bytes);
	xstls_free(entry);
}

void xstls_cache_clear(xstls_cache *cache)
{
	while (cache->first)
		drop(cache, &cache->first);
}

static xstls_cache_entry **find(xstls_cache *cache, const uint8_t *id, size_t id_length)
{
	xstls_cache_entry **link = &cache->first;

	while (*link && ((*link)->id_length != id_length || memcmp((*link)->id, id, id_length) != 0))
		link = &(*link)->next;
	return link;
}

static void drop_outdated(xstls_cache *cache, uint32_t lifetime)
{
	xstls_cache_entry **link = &cache->first;

	while (*link) {
		if (xstls_lifetime_is_over((*link)->created, lifetime))
			drop(cache, link);
		else
			link = &(*link)->next;
	}
}

static void put_first(xstls_cache *cache, xstls_cache_entry *entry)
{
	entry->next = cache->first;
	cache->first = entry;
}

xstls_cache_entry *xstls_cache_find(xstls_cache *cache, uint32_t lifetime, const uint8_t *id, size_t id_length,
                                    const uint8_t binding[TLS_BINDING])
{
	xstls_cache_entry *entry;

	drop_outdated(cache, lifetime);
	entry = *find(cache, id, id_length);
	return entry && memcmp(entry->owner.binding, binding, TLS_BINDING) == 0 ? entry : NULL;
}

uint32_t xstls_cache_psk(const xstls_cache_entry *entry)
{
	return entry->owner.psk;
}

bool xstls_cache_has_extended_master_secret(const xstls_cache_entry *entry)
{
	return entry->owner.extended_master_secret;
}

int xstls_cache_load(xstls_cache *cache, xstls_cache_entry *entry, mbedtls_ssl_session *session)
{
	xstls_cache_entry **link = &cache->first;

	while (*link != entry)
		link = &(*link)->next;
	*link = entry->next;
	put_first(cache, entry);
	return mbedtls_ssl_session_load(session, entry->session, entry->size);
}

// As mbedTLS serializes it.
static size_t session_bytes(const mbedtls_ssl_session *session)
{
	size_t size = 0;

	mbedtls_ssl_session_save(session, NULL, 0, &size);
	return size;
}

static xstls_cache_entry *make_entry(const mbedtls_ssl_session *session, size_t size)
{
	xstls_cache_entry *entry;

	if (size == 0 || size > UINT16_MAX)
		return NULL;
	entry = xstls_calloc(1, entry_bytes(size));
	if (!entry)
		return NULL;
	entry->size = (uint16_t)size;
	if (mbedtls_ssl_session_save(session, entry->session, size, &size) == 0)
		return entry;
	xstls_free(entry);
	return NULL;
}

static void drop_least_used(xstls_cache *cache)
{
	xstls_cache_entry **link = &cache->first;

	while ((*link)->next)
		link = &(*link)->next;
	drop(cache, link);
}

int xstls_cache_put(xstls_cache *cache, uint32_t lifetime, const uint8_t *id, size_t id_length,
                    const xstls_cache_owner *owner, const mbedtls_ssl_session *session)
{
	xstls_cache_entry *entry, **same;
	size_t size;

	if (id_length > SESSION_ID || xstls_port_session_version(session) != MBEDTLS_SSL_VERSION_TLS1_2)
		return 0;
	drop_outdated(cache, lifetime);
	same = find(cache, id, id_length);
	if (*same)
		drop(cache, same);
	size = session_bytes(session);
	if (entry_bytes(size) > cache->most_bytes)
		return 0;
	while (cache->count == cache->most || cache->bytes + entry_bytes(size) > cache->most_bytes)
		drop_least_used(cache);
	entry = make_entry(session, size);
	if (!entry)
		return MBEDTLS_ERR_SSL_ALLOC_FAILED;
	entry->created = xstls_port_now();
	entry->id_length = (uint8_t)id_length;
	memcpy(entry->id, id, id_length);
	entry->owner = *owner;
	put_first(cache, entry);
	cache->count++;
	cache->bytes += entry_bytes(entry->size);
	return 0;
}
