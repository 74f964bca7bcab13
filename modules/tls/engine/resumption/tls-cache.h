// TLS 1.2 sessions by their id. Whose session it is comes as bytes; the cache only compares them.

#ifndef TLS_CACHE_H
#define TLS_CACHE_H

#include <stdbool.h>

#include "mbedtls/ssl.h"

#include "tls-binding.h"

typedef struct xstls_cache_entry xstls_cache_entry;

typedef struct {
	xstls_cache_entry *first; // the one used last
	size_t count;
	size_t most;  // sessions
	size_t bytes; // that they take
	// A client chooses how long its certificate is, and whether that is believed or not it is kept with the session.
	size_t most_bytes;
} xstls_cache;

// Whose a session is.
typedef struct {
	uint8_t binding[TLS_BINDING];
	uint32_t psk; // number of the pre-shared key that it is by, 0 for none
	bool extended_master_secret;
} xstls_cache_owner;

void xstls_cache_clear(xstls_cache *cache);
// The session with that id, if it is bound to `binding` and not older than `lifetime` seconds; NULL otherwise.
xstls_cache_entry *xstls_cache_find(xstls_cache *cache, uint32_t lifetime, const uint8_t *id, size_t id_length,
                                    const uint8_t binding[TLS_BINDING]);
// The number of the pre-shared key that the session is by, 0 for none.
uint32_t xstls_cache_psk(const xstls_cache_entry *entry);
// Whether its master secret is an extended one (RFC 7627).
bool xstls_cache_has_extended_master_secret(const xstls_cache_entry *entry);
// Loads the session; it is then the one used last. 0, or an mbedTLS error.
int xstls_cache_load(xstls_cache *cache, xstls_cache_entry *entry, mbedtls_ssl_session *session);
// Keeps a session; the one used least goes when there is no room. One that is not of TLS 1.2 is left out. 0, or an
// mbedTLS error: mbedTLS then continues, and the session is not cached. Nor is one that is longer than all may be.
int xstls_cache_put(xstls_cache *cache, uint32_t lifetime, const uint8_t *id, size_t id_length,
                    const xstls_cache_owner *owner, const mbedtls_ssl_session *session);

#endif
