// What only a client has: the server's name, and the session that it may keep for its next connection.

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
	tls_exported_times times;
	char *hint;                     // of a server that wants a pre-shared key, NULL for none
	mbedtls_ssl_session *resumable; // what may be exported, without certificates; NULL during the handshake
	bool is_unexported;             // and was not exported yet
	bool is_named;
	char name[]; // of the server
} tls_client;

// For a server of that name, which may be NULL. NULL when memory is short.
tls_client *tls_client_new(const char *name);
void tls_client_free(tls_client *client);
// The server's name, NULL when none was given.
const char *tls_client_server_name(const tls_client *client);

// A handshake begins to verify the server's chain.
void tls_client_begin_verification(tls_client *client);
// A certificate of the chain was verified: it narrows the dates between which the whole chain is valid.
void tls_client_add_certificate(tls_client *client, const mbedtls_x509_crt *certificate);
// There is a session that was not there before. `is_verified` tells whether the server was: a session with one that was
// not is not kept, or it would be resumed without verification.
void tls_client_renew_session(tls_client *client, bool is_verified);

#endif
