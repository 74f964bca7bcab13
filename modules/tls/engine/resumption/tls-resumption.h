// What a server needs to resume sessions: a cache of TLS 1.2 sessions by their id (row A4), and the keys that tickets
// of TLS 1.2 and 1.3 are encrypted with (row B6). One store may serve any number of configurations; a session is
// resumed only by a configuration with the same identities, CAs and request for client certificates.

#ifndef TLS_RESUMPTION_H
#define TLS_RESUMPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"

typedef struct xstls_resumption xstls_resumption;

enum {
	TLS_RESUMPTION_MOST_LIFETIME = 604800, // RFC 8446 §4.6.1
	// Bytes that a cached session without a client certificate takes, bookkeeping included.
	TLS_RESUMPTION_ENTRY = 208,
	// Bytes of client certificates that are cached for each session that may be, by all of them together.
	TLS_RESUMPTION_CERTIFICATE = 1024,
	TLS_TICKET_KEYS_EXPORT = 97, // bytes of exported ticket keys
};

// A store with one reference, owned by the caller; NULL when memory or randomness is short. At most `entries` sessions
// are cached, 0 for no cache. A session is resumed for `lifetime` seconds, 1 to TLS_RESUMPTION_MOST_LIFETIME; a ticket
// key is used for `lifetime` seconds, and its tickets are accepted for as long again.
xstls_resumption *xstls_resumption_new(size_t entries, uint32_t lifetime, bool tickets);
xstls_resumption *xstls_resumption_retain(xstls_resumption *resumption);
void xstls_resumption_release(xstls_resumption *resumption);

// Sessions in the cache, and the bytes that they take.
size_t xstls_resumption_entries(const xstls_resumption *resumption);
size_t xstls_resumption_bytes(const xstls_resumption *resumption);

// The current ticket keys, TLS_TICKET_KEYS_EXPORT bytes, to be kept as secret as a private key; imported after a
// restart they make earlier tickets valid again (row Z7). STATE when there are no tickets, RANDOM when no key can be
// made, ARGUMENT when these are not exported keys. While the clock is not set (TLS_CLOCK_FLOOR), keys and tickets that
// seem to be of the future are valid.
xstls_error xstls_resumption_export_keys(xstls_resumption *resumption, uint8_t *out);
xstls_error xstls_resumption_import_keys(xstls_resumption *resumption, const uint8_t *exported, size_t length);

#endif
