// Tickets (RFC 5077, RFC 8446 §4.6.1): sessions that are encrypted and left with the client. Whose session it is comes
// as bytes.

#ifndef TLS_TICKETS_H
#define TLS_TICKETS_H

#include <stdbool.h>

#include "mbedtls/ssl.h"

#include "tls-binding.h"
#include "tls-psk-internal.h"

enum { TLS_TICKET_NAME = 8, TLS_TICKET_SECRET = 32 };

typedef struct {
	uint8_t name[TLS_TICKET_NAME];
	uint8_t secret[TLS_TICKET_SECRET];
	uint64_t created; // ms since 1970; 0 when there is no such key
} xstls_ticket_key;

// The one in use, and the one before it.
typedef xstls_ticket_key xstls_ticket_keys[2];

// Whose session a ticket is.
typedef struct {
	uint8_t binding[TLS_BINDING];
	uint8_t psk_token[TLS_PSK_HASH]; // of the pre-shared key that the session is by, zeros for none
	bool extended_master_secret;     // TLS 1.2: the session has one (RFC 7627)
} xstls_ticket_owner;

// A ticket that was decrypted.
typedef struct {
	uint64_t issued; // ms since 1970
	const uint8_t *psk_token;
	bool extended_master_secret;
	uint8_t *plain;
	size_t plain_length;
} xstls_opened_ticket;

// Makes a new key when the one in use has served `lifetime` seconds. False when randomness is short.
bool xstls_tickets_renew_key(xstls_ticket_keys keys, uint32_t lifetime);
// Writes the ticket of a session between `start` and `end`. 0, or an mbedTLS error.
int xstls_tickets_write(xstls_ticket_keys keys, uint32_t lifetime, const xstls_ticket_owner *owner,
                        const mbedtls_ssl_session *session, uint8_t *start, const uint8_t *end, size_t *length);
// Decrypts a ticket in place. 0, or the mbedTLS error for one that is damaged, somebody else's or out of date.
int xstls_tickets_open(const xstls_ticket_keys keys, uint32_t lifetime, const uint8_t binding[TLS_BINDING],
                       uint8_t *ticket, size_t length, xstls_opened_ticket *opened);
// Loads the session of a ticket and wipes the plaintext. 0, or an mbedTLS error.
int xstls_tickets_load(xstls_opened_ticket *opened, mbedtls_ssl_session *session);

#endif
