// A handshake's own memory.

#ifndef TLS_HANDSHAKE_STATE_H
#define TLS_HANDSHAKE_STATE_H

#include "mbedtls/ssl.h"

#include "hello/tls-hello-collector.h"
#include "hello/tls-hello.h"
#include "record/tls-record-tracker.h"
#include "state/tls-state.h"

// The ClientHello that a server holds until mbedTLS has read it.
typedef struct {
	tls_hello_collector collector;
	tls_hello hello; // points into it
} tls_received_hello;

// The secrets that mbedTLS has exported, until keys are made of them.
typedef struct {
	uint8_t traffic[2][TLS_HMAC_MOST]; // TLS 1.3, by the role that writes with them
	uint8_t master[48];                // TLS 1.2
	uint8_t randoms[64];               // the server's, the client's
} tls_exported_secrets;

typedef struct {
	tls_state state;               // stays when the handshake is over
	mbedtls_ssl_context *ssl;      // PHASE_HANDSHAKE
	tls_exported_secrets *secrets; // PHASE_HANDSHAKE
	tls_received_hello *hello;     // NULL for a client
	const uint8_t *in;             // valid only while feeding
	size_t in_left;
	tls_record_tracker tracker; // of the input
	uint32_t offered_suites;    // by a server's client, see tls-selection.h
	uint8_t offered_curves;     // the same
	bool asks_identity;         // a server lets its caller choose the configuration
	bool saw_root;              // of the peer's chain, the certificate that is verified first
	bool wrote_alert;           // the last record written was an alert
	uint8_t plain_alert;        // its description if it was not encrypted, else TLS_ALERT_NONE
	bool starved;               // mbedTLS asked for input and got none
} tls_handshake;

// Frees mbedTLS and the secrets.
void tls_handshake_free_library(tls_handshake *handshake);
void tls_handshake_free_hello(tls_handshake *handshake);
// Ends the session. Only the outbox stays.
void tls_handshake_fail(tls_handshake *handshake, tls_failure failure);
// Frees what the handshake owns, its state as well.
void tls_handshake_free(tls_handshake *handshake);

#endif
