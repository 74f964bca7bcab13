// The session's own memory, for the files that make up the engine.

#ifndef TLS_ENGINE_PRIVATE_H
#define TLS_ENGINE_PRIVATE_H

#include "mbedtls/ssl.h"

#include "tls-engine.h"
#include "handshake/tls-hello.h"
#include "record/tls-outbox.h"
#include "record/tls-record-limit.h"
#include "record/tls-records.h"

typedef enum {
	STATE_IDLE,       // mbedTLS is not set up; a server collects the ClientHello
	STATE_SELECTING,  // the ClientHello is in and a configuration is to be chosen by it
	STATE_HANDSHAKE,  // mbedTLS is at work
	STATE_OPEN,       // mbedTLS is gone; plaintext goes both ways
	STATE_PEER_ENDED, // the peer's close_notify has come
	STATE_FAILED,     // `failure` says why; all else is gone
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
	uint64_t verified;              // ms since 1970: when it was
	uint64_t received;              // and when the session came
	char *hint;                     // of a server that wants a pre-shared key, NULL for none
	mbedtls_ssl_session *resumable; // what may be exported, without certificates; NULL during the handshake
	bool has_news;                  // and was not exported yet
	bool is_named;
	char name[]; // of the server
} tls_client;

// The name that a server's client has asked for (SNI), as it came.
typedef struct {
	uint8_t length;
	uint8_t bytes[];
} tls_asked_name;

// What mbedTLS has told of its secrets, until they are taken over.
typedef struct {
	uint8_t traffic[2][TLS_HMAC_MOST]; // TLS 1.3, by the role that writes with them
	uint8_t master[48];                // TLS 1.2
	uint8_t randoms[64];               // the server's, the client's
} tls_exported;

// What the handshake agreed on.
typedef struct {
	const char *alpn; // of the configuration
	uint8_t *chain;   // of the peer: DER, one certificate after the other, its own first; NULL for none
	size_t chain_length;
	size_t leaf_length;
	uint32_t verify_flags;
} tls_agreed;

struct tls_session {
	mbedtls_ssl_context *ssl; // STATE_HANDSHAKE
	tls_exported *exported;   // STATE_HANDSHAKE
	tls_records *records;     // STATE_OPEN and STATE_PEER_ENDED
	tls_agreed agreed;
	tls_config *config;
	tls_client *client;     // NULL for a server
	tls_asked_name *asked;  // NULL for none
	tls_greeting *greeting; // from the first byte until mbedTLS has the ClientHello
	const uint8_t *in;      // valid only while feeding
	size_t in_left;
	size_t taken;           // by the last feed
	tls_record_place place; // of the input
	tls_outbox outbox;
	tls_failure failure;
	session_state state;
	tls_role role;
	uint32_t psk;    // number of the pre-shared key that a server's session is by, 0 for none (tls-psk-private.h)
	uint32_t suites; // of a server's client, as tls-selection.c counts them
	uint8_t curves;  // the same
	bool asks_identity;
	bool close_sent;
	bool uses_psk;        // a server was given the client's pre-shared key, or a decoy; a client has one
	bool saw_certificate; // the handshake came to the server's certificate, so it is not a resumption
	bool saw_root;        // of the peer's certificates, the one that is looked at first
	bool wrote_alert;     // the last record written was an alert
	uint8_t plain_alert;  // its description if it went in the clear, else TLS_ALERT_NONE
	bool starved;         // mbedTLS asked for input and got none
};

bool tls_session_can_write(const tls_session *session);
// Frees mbedTLS and its secrets.
void tls_session_drop_library(tls_session *session);
// Sets mbedTLS up. False when the session has failed by it.
bool tls_session_begin(tls_session *session);
// Ends the session. What it holds of mbedTLS and of the ClientHello is freed; the outbox stays.
void tls_session_end_with(tls_session *session, tls_failure failure);
// Fails a session that is open, and tells the peer.
void tls_session_fail_open(tls_session *session, tls_error code);
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
