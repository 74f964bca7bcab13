// The session's own memory, for the files that make up the engine.

#ifndef TLS_ENGINE_PRIVATE_H
#define TLS_ENGINE_PRIVATE_H

#include "mbedtls/ssl.h"

#include "tls-engine.h"
#include "tls-hello.h"
#include "tls-outbox.h"
#include "tls-record-limit.h"

typedef enum {
	STATE_IDLE,       // mbedTLS is not set up; a server collects the ClientHello
	STATE_SELECTING,  // the ClientHello is in and a configuration is to be chosen by it
	STATE_HANDSHAKE,  // mbedTLS is at work
	STATE_OPEN,       // plaintext goes both ways
	STATE_PEER_ENDED, // the peer's close_notify has come
	STATE_FAILED,     // `failure` says why; mbedTLS is gone
} session_state;

// What a server holds of the ClientHello before mbedTLS is there.
typedef struct {
	tls_hello_collector collector;
	tls_hello hello; // points into it
} tls_greeting;

// What a client holds besides.
typedef struct {
	int64_t not_before; // seconds since 1970, within which the server's chain is valid
	int64_t not_after;
	uint64_t verified; // ms since 1970: when it was
	uint64_t received; // and when the session came
	char *hint;        // of a server that wants a pre-shared key, NULL for none
	bool has_news;     // a session that was not exported yet
	bool is_named;
	char name[]; // of the server
} tls_client;

// The name that a server's client has asked for (SNI), as it came.
typedef struct {
	uint8_t length;
	uint8_t bytes[];
} tls_asked_name;

struct tls_session {
	mbedtls_ssl_context ssl;
	tls_config *config;
	tls_client *client;     // NULL for a server
	tls_asked_name *asked;  // NULL for none
	tls_greeting *greeting; // from the first byte until mbedTLS has the ClientHello
	const uint8_t *in;      // valid only while feeding
	size_t in_left;
	tls_record_place place; // of the input
	tls_outbox outbox;
	tls_failure failure;
	session_state state;
	tls_role role;
	uint32_t psk;   // number of the pre-shared key that a server's session is by, 0 for none (tls-psk-private.h)
	uint8_t curves; // of the client, as tls-selection.c counts them
	bool asks_identity;
	bool close_sent;
	bool changed_cipher;  // this end has sent ChangeCipherSpec
	bool uses_psk;        // a server was given the client's pre-shared key, or a decoy; a client has one
	bool saw_certificate; // the handshake came to the server's certificate, so it is not a resumption
	bool wrote_alert;     // the last record written was an alert
	uint8_t plain_alert;  // its description if it went in the clear, else TLS_ALERT_NONE
	bool starved;         // mbedTLS asked for input and got none
};

bool tls_session_can_write(const tls_session *session);
// Sets mbedTLS up. False when the session has failed by it.
bool tls_session_begin(tls_session *session);
// Ends the session. What it holds of mbedTLS and of the ClientHello is freed; the outbox stays.
void tls_session_end_with(tls_session *session, tls_failure failure);
// mbedTLS's callback for output; it never blocks.
int tls_session_send(void *session, const unsigned char *record, size_t length);
// Ends it before there is an mbedTLS: the fatal alert goes out in the clear.
void tls_session_refuse_in_clear(tls_session *session, tls_error code, uint8_t alert);
// What stands for a server's session in those that may be resumed in its place: the configuration's binding, and the
// name that was asked for, which has to be the same (RFC 6066 §3). False when memory is short.
bool tls_session_bind(const tls_session *session, uint8_t binding[TLS_RESUMPTION_BINDING]);
// A server's input before there is an mbedTLS; returns how much it took.
size_t tls_session_collect_hello(tls_session *session, const uint8_t *ciphertext, size_t length);
void tls_session_free_greeting(tls_session *session);
// Sets mbedTLS up and gives it the collected ClientHello.
void tls_session_start_server(tls_session *session);

#endif
