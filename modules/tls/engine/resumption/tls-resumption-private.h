// The two halves of tls_resumption.

#ifndef TLS_RESUMPTION_PRIVATE_H
#define TLS_RESUMPTION_PRIVATE_H

#include "mbedtls/ssl.h"

#include "tls-resumption.h"

typedef struct tls_cache_entry tls_cache_entry;

typedef struct {
	tls_cache_entry *first; // used last
	size_t count;
	size_t most;
	size_t bytes;
} tls_cache;

enum { TLS_TICKET_NAME = 8, TLS_TICKET_SECRET = 32 };

typedef struct {
	uint8_t name[TLS_TICKET_NAME];
	uint8_t secret[TLS_TICKET_SECRET];
	uint64_t created; // ms since 1970; 0 when there is no such key
} tls_ticket_key;

struct tls_resumption {
	unsigned references;
	uint32_t lifetime;
	bool has_tickets;
	tls_ticket_key keys[2]; // the one in use, and the one before
	tls_cache cache;
};

// Seconds since 1970 (2025-01-01): a clock that shows less has not been set.
enum { TLS_CLOCK_FLOOR = 1735689600 };

// Whether something that was made at `since` is past `lifetime` seconds. What a clock that was set back shows in the
// future is over too: nobody knows how old it is. What a clock that was not set yet shows in the future is not: it
// comes from before a restart, and its time is judged when there is one.
bool tls_resumption_is_over(uint64_t since, uint32_t lifetime);

// Milliseconds since then; 0 when the clock was set back.
uint64_t tls_resumption_age(uint64_t since);

struct tls_config;
// Whether the client's certificate that a session was made with is valid now; true when there was none.
bool tls_resumption_is_in_date(const struct tls_config *config, const mbedtls_ssl_session *session);

void tls_cache_clear(tls_cache *cache);
// Sees to it that there is a ticket key that is in its time. False when randomness is short.
bool tls_tickets_renew_key(tls_resumption *resumption);

// Gives a sealed server configuration its callbacks.
void tls_cache_apply(struct tls_config *config, mbedtls_ssl_config *ssl);
void tls_tickets_apply(struct tls_config *config, mbedtls_ssl_config *ssl);

#endif
