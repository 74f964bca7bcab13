// TLS 1.2 sessions by their id, the one used last first. Few enough for a list.

#include "tls-resumption-private.h"

#include <stddef.h>
#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/tls-alloc.h"
#include "config/tls-config-private.h"
#include "session/tls-engine-private.h"
#include "port/tls-port-session.h"
#include "port/tls-port.h"
#include "config/tls-psk-private.h"

enum { SESSION_ID = 32 };

struct tls_cache_entry {
	tls_cache_entry *next;
	uint64_t created;
	uint8_t id[SESSION_ID];
	uint8_t binding[TLS_RESUMPTION_BINDING];
	uint32_t psk;  // number of the pre-shared key that it is by, 0 for none
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

static void drop_outdated(tls_resumption *r)
{
	tls_cache_entry **link = &r->cache.first;

	while (*link) {
		if (tls_resumption_is_over((*link)->created, r->lifetime))
			drop(&r->cache, link);
		else
			link = &(*link)->next;
	}
}

static void put_first(tls_cache *cache, tls_cache_entry *entry)
{
	entry->next = cache->first;
	cache->first = entry;
}

static bool is_good_for(const tls_cache_entry *entry, const tls_config *config)
{
	uint8_t binding[TLS_RESUMPTION_BINDING], token[TLS_PSK_HASH];

	return tls_session_bind(config->at_work, binding) && memcmp(entry->binding, binding, sizeof(binding)) == 0 &&
	       (entry->psk == 0 || tls_psks_get_token(config->psks, entry->psk, token));
}

static int on_get(void *data, const unsigned char *id, size_t id_length, mbedtls_ssl_session *session)
{
	tls_config *config = data;
	tls_cache *cache = &config->resumption->cache;
	tls_cache_entry **link, *entry;

	drop_outdated(config->resumption);
	link = find(cache, id, id_length);
	entry = *link;
	if (!entry || !is_good_for(entry, config))
		return MBEDTLS_ERR_SSL_UNKNOWN_IDENTITY;
	*link = entry->next;
	put_first(cache, entry);
	if (mbedtls_ssl_session_load(session, entry->session, entry->size) || !tls_resumption_is_in_date(config, session))
		return MBEDTLS_ERR_SSL_UNKNOWN_IDENTITY;
	config->at_work->psk = entry->psk;
	return 0;
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

// What mbedTLS does with a failure is to go on without: a session that was not cached is no harm.
static int on_set(void *data, const unsigned char *id, size_t id_length, const mbedtls_ssl_session *session)
{
	tls_config *config = data;
	tls_cache *cache = &config->resumption->cache;
	tls_cache_entry *entry, **same;

	if (id_length > SESSION_ID || tls_port_session_version(session) != MBEDTLS_SSL_VERSION_TLS1_2)
		return 0;
	drop_outdated(config->resumption);
	same = find(cache, id, id_length);
	if (*same)
		drop(cache, same);
	entry = make_entry(session);
	if (!entry)
		return MBEDTLS_ERR_SSL_ALLOC_FAILED;
	if (!tls_session_bind(config->at_work, entry->binding)) {
		tls_free(entry);
		return MBEDTLS_ERR_SSL_ALLOC_FAILED;
	}
	if (cache->count == cache->most)
		drop_least_used(cache);
	entry->created = tls_port_now();
	entry->id_length = (uint8_t)id_length;
	memcpy(entry->id, id, id_length);
	entry->psk = config->at_work->psk;
	put_first(cache, entry);
	cache->count++;
	cache->bytes += entry_bytes(entry->size);
	return 0;
}

void tls_cache_apply(tls_config *config, mbedtls_ssl_config *ssl)
{
	if (config->resumption->cache.most)
		mbedtls_ssl_conf_session_cache(ssl, config, on_get, on_set);
}
