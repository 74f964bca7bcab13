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
	xstls_hello_collector collector;
	xstls_hello hello;  // points into it
	uint8_t *rewritten; // the record that mbedTLS reads in place of the collector's, until it has
	bool is_rewritten;  // there is or was one
} xstls_received_hello;

// The secrets that mbedTLS has exported, until keys are made of them.
typedef struct {
	uint8_t traffic[2][TLS_HMAC_MOST]; // TLS 1.3, by the role that writes with them
	uint8_t master[48];                // TLS 1.2
	uint8_t randoms[64];               // the server's, the client's
} xstls_exported_secrets;

typedef struct {
	xstls_state state;               // stays when the handshake is over
	mbedtls_ssl_context *ssl;        // PHASE_HANDSHAKE
	xstls_exported_secrets *secrets; // PHASE_HANDSHAKE
	xstls_received_hello *hello;     // NULL for a client
	const uint8_t *in;               // valid only while feeding
	size_t in_left;
	xstls_record_tracker tracker; // of the input
	uint32_t offered_suites;      // by a server's client, see tls-selection.h
	uint8_t offered_curves;       // the same
	bool asks_identity;           // a server lets its caller choose the configuration
	bool saw_root;                // of the peer's chain, the certificate that is verified first
	bool wrote_alert;             // the last record written was an alert
	uint8_t plain_alert;          // its description if it was not encrypted, else TLS_ALERT_NONE
	bool starved;                 // mbedTLS asked for input and got none
	uint16_t long_record;         // length of the next record, with its header, for which there is no room yet; else 0
	uint16_t most_record;         // the longest that there may be, with what is there of its message
} xstls_handshake;

// Frees mbedTLS and the secrets.
void xstls_handshake_free_library(xstls_handshake *handshake);
void xstls_handshake_free_hello(xstls_handshake *handshake);
// mbedTLS has read the ClientHello: frees what is not needed any more.
void xstls_handshake_free_read_hello(xstls_handshake *handshake);
// Ends the session. Only the outbox stays.
void xstls_handshake_fail(xstls_handshake *handshake, xstls_failure failure);
// Frees what the handshake owns, its state as well.
void xstls_handshake_free(xstls_handshake *handshake);

#endif
