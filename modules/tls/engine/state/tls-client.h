// State of a client alone: the server's name, and the session that it may export for its next connection.

#ifndef TLS_CLIENT_H
#define TLS_CLIENT_H

#include <stdbool.h>
#include <stdint.h>

#include "mbedtls/ssl.h"

#include "resumption/tls-exported-session.h"

// Bytes of the longest message whose ticket is kept, and of the longest ticket that is offered: a longer one would not
// leave room in a ClientHello, which mbedTLS does not fragment.
enum { TLS_CLIENT_MOST_TICKET = MBEDTLS_SSL_OUT_CONTENT_LEN - 1536 };

typedef struct {
	xstls_exported_times times;
	char *hint;                     // of a server that wants a pre-shared key, NULL for none
	mbedtls_ssl_session *resumable; // what may be exported, without certificates; NULL during the handshake
	bool is_unexported;             // and was not exported yet
	bool extended_master_secret;    // of the session that is resumed, then of the one that is agreed on (RFC 7627)
	bool is_named;
	char name[]; // of the server
} xstls_client;

// For a server of that name, which may be NULL. NULL when memory is short.
xstls_client *xstls_client_new(const char *name);
void xstls_client_free(xstls_client *client);
// The server's name, NULL when none was given.
const char *xstls_client_server_name(const xstls_client *client);

// A handshake begins to verify the server's chain.
void xstls_client_begin_verification(xstls_client *client);
// A certificate of the chain was verified: it narrows the dates between which the whole chain is valid.
void xstls_client_add_certificate(xstls_client *client, const mbedtls_x509_crt *certificate);
// There is a session that was not there before. `is_verified` tells whether the server was: a session with one that was
// not is not kept, or it would be resumed without verification.
void xstls_client_renew_session(xstls_client *client, bool is_verified);

#endif
