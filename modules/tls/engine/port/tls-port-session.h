// Members of mbedtls_ssl_session for which mbedTLS has no accessor.

#ifndef TLS_PORT_SESSION_H
#define TLS_PORT_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mbedtls/ssl.h"

// The protocol version of a session.
uint16_t xstls_port_session_version(const mbedtls_ssl_session *session);
// The version of the session that a handshake resumes or makes, 0 when it has none yet.
uint16_t xstls_port_negotiated_session_version(const mbedtls_ssl_context *ssl);
// Sets how old the ticket of a server's session is. mbedTLS stores its time of issue by a clock that may start with the
// machine, so that the time would be wrong after a restart.
void xstls_port_set_ticket_age(mbedtls_ssl_session *session, uint64_t milliseconds);
// The same for a client's ticket, by the time of receipt.
void xstls_port_set_kept_ticket_age(mbedtls_ssl_session *session, uint64_t milliseconds);
// Whether tickets may be given where client certificates are asked for: not below mbedTLS 4.1.
bool xstls_port_tickets_suit_client_auth(void);

// The peer's own certificate, NULL when it sent none.
const mbedtls_x509_crt *xstls_port_session_certificate(const mbedtls_ssl_session *session);
// Takes the session out of a connection whose handshake is over, without the peer's certificates. The caller frees it.
mbedtls_ssl_session *xstls_port_take_session(mbedtls_ssl_context *ssl);
void xstls_port_free_session(mbedtls_ssl_session *session);
// Whether a client's session can be resumed: by a ticket, or over TLS 1.2 by its id.
bool xstls_port_session_is_resumable(const mbedtls_ssl_session *session);
// The lifetime that the server gives a client's session, seconds; 0 when it does not say.
uint32_t xstls_port_session_lifetime(const mbedtls_ssl_session *session);
// Bytes of a client's ticket, 0 for none.
size_t xstls_port_session_ticket_length(const mbedtls_ssl_session *session);
// Puts the peer's certificate into a session that was loaded, for sessions are saved without. 0 or an mbedTLS error.
int xstls_port_put_certificate(mbedtls_ssl_session *session, const uint8_t *der, size_t length);
// Client: drops the ticket that was offered, once it shows that the handshake makes a new session. mbedTLS would keep
// it beside the new secret where the server gives no other.
void xstls_port_drop_ticket(mbedtls_ssl_context *ssl);

typedef struct {
	uint32_t lifetime; // seconds
	uint32_t age_add;
	const uint8_t *data;
	size_t length;
	const uint8_t *key; // the pre-shared key that the ticket names
	size_t key_length;
} xstls_port_ticket;

// TLS 1.3: the resumption master secret of a client's session.
const uint8_t *xstls_port_resumption_secret(const mbedtls_ssl_session *session);
// The same of a server's: the pre-shared key that the ticket names.
const uint8_t *xstls_port_resumption_key(const mbedtls_ssl_session *session, size_t *length);
// Client: the pre-shared key that it offers, its configuration's or else the session's.
const uint8_t *xstls_port_offered_key(const mbedtls_ssl_context *ssl, size_t *length);
// Makes the first identity of `holder` the one of `conf`, which may not be freed with it; NULL for none.
void xstls_port_lend_identity(mbedtls_ssl_config *conf, const mbedtls_ssl_config *holder);
// Server, TLS 1.3: gives the session of a handshake that is over what a ticket of it has to say: the pre-shared key
// that the ticket will name, and what the client's age of it is obscured by.
void xstls_port_set_ticket_key(mbedtls_ssl_session *session, const mbedtls_ssl_config *conf, uint32_t age_add,
                               const uint8_t *key, size_t length);
// The session of a handshake that is over.
mbedtls_ssl_session *xstls_port_session(const mbedtls_ssl_context *ssl);
// TLS 1.3: puts a ticket that was just received in place of the one before. False when memory is short.
bool xstls_port_put_ticket(mbedtls_ssl_session *session, const mbedtls_ssl_config *conf,
                           const xstls_port_ticket *ticket);

#endif
