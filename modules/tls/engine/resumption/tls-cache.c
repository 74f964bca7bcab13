// A list, the session used last first: there are few enough.

#include "tls-cache.h"

#include <stddef.h>
#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/tls-alloc.h"
#include "port/tls-port-session.h"
#include "port/tls-port-time.h"
#include "tls-lifetime.h"

enum { SESSION_ID = 32 };

struct tls_cache_entry {
	tls_cache_entry *next;
	uint64_t created;
	uint8_t id[SESSION_ID];
	uint8_t binding[TLS_BINDING];
	uint32_t psk;
	uint16_t size; // of `session`, as mbedTLS serializes it
	uint8_t id_length;
	uint8_t session[];
};

static size_t entry_bytes(size_t session)
{
	return offsetof(tls_cache_entry, session) + session;
}

static void drop(tls_cache *cache, tls_cache_entry **link)
{
	tls_cache_entry *entry = *link;
	size_t bytes = entry_bytes(entry->size);

	*link = entry->next;
	cache->count--;
	cache->bytes -= bytes;
	mbedtls_platform_zeroize(entry, bytes);
	tls_free(entry);
}

void tls_cache_clear(tls_cache *cache)
{
	while (cache->first)
		drop(cache, &cache->first);
}

static tls_cache_entry **find(tls_cache *cache, const uint8_t *id, size_t id_length)
{
	tls_cache_entry **link = &cache->first;

	while (*link && ((*link)->id_length != id_length || memcmp((*link)->id, id, id_length) != 0))
		link = &(*link)->next;
	return link;
}

static void drop_outdated(tls_cache *cache, uint32_t lifetime)
{
	tls_cache_entry **link = &cache->first;

	while (*link) {
		if (tls_lifetime_is_over((*link)->created, lifetime))
			drop(cache, link);
		else
			link = &(*link)->next;
	}
}

static void put_first(tls_cache *cache, tls_cache_entry *entry)
{
	entry->next = cache->first;
	cache->first = entry;
}

tls_cache_entry *tls_cache_find(tls_cache *cache, uint32_t lifetime, const uint8_t *id, size_t id_length,
                                const uint8_t binding[TLS_BINDING])
{
	tls_cache_entry *entry;

	drop_outdated(cache, lifetime);
	entry = *find(cache, id, id_length);
	return entry && memcmp(entry->binding, binding, TLS_BINDING) == 0 ? entry : NULL;
}

uint32_t tls_cache_psk(const tls_cache_entry *entry)
{
	return entry->psk;
}

int tls_cache_load(tls_cache *cache, tls_cache_entry *entry, mbedtls_ssl_session *session)
{
	tls_cache_entry **link = &cache->first;

	while (*link != entry)
		link = &(*link)->next;
	*link = entry->next;
	put_first(cache, entry);
	return mbedtls_ssl_session_load(session, entry->session, entry->size);
}

static tls_cache_entry *make_entry(const mbedtls_ssl_session *session)
{
	tls_cache_entry *entry;
	size_t size = 0;

	mbedtls_ssl_session_save(session, NULL, 0, &size);
	if (size == 0 || size > UINT16_MAX)
		return NULL;
	entry = tls_calloc(1, entry_bytes(size));
	if (!entry)
		return NULL;
	entry->size = (uint16_t)size;
	if (mbedtls_ssl_session_save(session, entry->session, size, &size) == 0)
		return entry;
	tls_free(entry);
	return NULL;
}

static void drop_least_used(tls_cache *cache)
{
	tls_cache_entry **link = &cache->first;

	while ((*link)->next)
		link = &(*link)->next;
	drop(cache, link);
}

int tls_cache_put(tls_cache *cache, uint32_t lifetime, const uint8_t *id, size_t id_length,
                  const uint8_t binding[TLS_BINDING], uint32_t psk, const mbedtls_ssl_session *session)
{
	tls_cache_entry *entry, **same;

	if (id_length > SESSION_ID || tls_port_session_version(session) != MBEDTLS_SSL_VERSION_TLS1_2)
		return 0;
	drop_outdated(cache, lifetime);
	same = find(cache, id, id_length);
	if (*same)
		drop(cache, same);
	entry = make_entry(session);
	if (!entry)
		return MBEDTLS_ERR_SSL_ALLOC_FAILED;
	if (cache->count == cache->most)
		drop_least_used(cache);
	entry->created = tls_port_now();
	entry->id_length = (uint8_t)id_length;
	memcpy(entry->id, id, id_length);
	memcpy(entry->binding, binding, TLS_BINDING);
	entry->psk = psk;
	put_first(cache, entry);
	cache->count++;
	cache->bytes += entry_bytes(entry->size);
	return 0;
}
