// A handshake's own memory.

#ifndef TLS_HANDSHAKE_STATE_H
#define TLS_HANDSHAKE_STATE_H

#include "mbedtls/ssl.h"

#include "config/tls-config-state.h"
#include "hello/tls-hello-alike.h"
#include "hello/tls-hello-collector.h"
#include "hello/tls-hello.h"
#include "judge/tls-retry-request.h"
#include "port/messages/tls-port-key-block.h"
#include "record/tls-record-tracker.h"
#include "state/tls-state.h"

// The ClientHello that a server holds until mbedTLS has read it.
typedef struct {
	xstls_hello_collector collector;
	xstls_hello hello;  // points into it
	uint8_t *rewritten; // the record that mbedTLS reads in place of the collector's, until it has
	bool is_rewritten;  // there is or was one
} xstls_received_hello;

// A server's way past a client's early data, see tls-early-data.h.
typedef struct {
	uint8_t header[TLS_RECORD_HEADER]; // of the record that comes
	uint8_t header_length;
	uint8_t *record;      // all of it; NULL for one that is passed over as it comes
	size_t body_left;     // bytes of it that have not come
	size_t data_left;     // bytes of early data that may still be passed over
	uint8_t records_left; // the same in records
	bool is_over;         // the client's second flight has begun
} xstls_early_data;

// A client's way past a HelloRetryRequest, see tls-retry.h.
typedef struct {
	xstls_retry_request request;
	uint8_t sha_256[32], sha_384[48]; // of the first ClientHello
	bool saw_first;
	bool changes_answer; // the second ClientHello is to be another than mbedTLS's
	bool keeps_key;      // and to offer the same pre-shared key, which suits the request
} xstls_retry;

// Of a server's first ClientHello that mbedTLS has read as another one, see tls-second-hello.h.
typedef struct {
	uint8_t hash[TLS_HMAC_MOST]; // of the message that came
	size_t hash_length;
	uint8_t *request; // the HelloRetryRequest that answers it, a message; NULL for none
	size_t request_length;
} xstls_rewritten_first;

// What a handshake needs besides mbedTLS.
typedef struct {
	// The secrets that mbedTLS has exported, until keys are made of them; or of TLS 1.2, those keys.
	union {
		uint8_t traffic[2][TLS_HMAC_MOST]; // TLS 1.3, by the role that writes with them
		xstls_port_key_block key_block;
	};
	union {
		uint8_t handshake[2][TLS_HMAC_MOST]; // the same, of the handshake's records
		struct {
			uint8_t master[48];  // TLS 1.2
			uint8_t randoms[64]; // the server's, the client's
		};
	};
	uint32_t records_written; // over TLS 1.3, by mbedTLS under its present keys
	uint32_t records_sent;    // what has become of them, see tls-fragments.h
	bool saw_first_hello;     // a server, of TLS 1.3: another one answers a HelloRetryRequest
	bool has_new_keys;        // these keys are those for application data
	int suites[3];            // of a server over TLS 1.3: those that it may choose, 0 behind the last; none for all
	const xstls_identity *identity; // that a server shows over TLS 1.3, NULL for none
	xstls_early_data *early;        // of a server whose client sends early data, else NULL
	uint8_t alike[TLS_HELLO_ALIKE]; // of a server, by its client's first ClientHello of TLS 1.3
	xstls_rewritten_first *first;   // of a server whose client's ClientHello was rewritten, else NULL
	xstls_retry *retry;             // of a client that may be answered by a HelloRetryRequest, else NULL
} xstls_handshake_work;

typedef struct {
	const uint8_t *data;
	size_t length;
} xstls_handshake_span;

typedef struct {
	xstls_state state;           // stays when the handshake is over
	mbedtls_ssl_context *ssl;    // PHASE_HANDSHAKE
	xstls_handshake_work *work;  // PHASE_HANDSHAKE
	xstls_received_hello *hello; // NULL for a client
	const uint8_t *in;           // valid only while feeding
	size_t in_left;
	xstls_record_tracker tracker; // of the input
	uint32_t offered_suites;      // by a server's client, see tls-selection.h
	uint16_t long_record;         // length of the next record, with its header, for which there is no room yet; else 0
	uint16_t most_record;         // the longest that there may be, with what is there of its message
	uint8_t offered_curves;       // as offered_suites
	uint8_t plain_alert;          // description of `wrote_alert` if it was not encrypted, else TLS_ALERT_NONE
	uint8_t change_cipher_specs;  // records of that type that have come
	uint8_t passed_alerts;        // alerts that ended nothing
	uint8_t refused;              // xstls_error: why a handshake ends that mbedTLS would continue, else TLS_E_NONE
	bool offers_extended_master_secret : 1; // of a server's client (RFC 7627)
	bool takes_tickets : 1;                 // the same: over TLS 1.3, by PSK with ECDHE
	bool is_asked_for_certificate : 1;      // a client, by a CertificateRequest
	bool asks_identity : 1;                 // a server lets its caller choose the configuration
	bool saw_root : 1;                      // of the peer's chain, the certificate that is verified first
	bool wrote_alert : 1;                   // the last record written was an alert
	bool only_alerts : 1;         // the handshake has failed: what mbedTLS has not sent in the clear yet is dropped
	bool starved : 1;             // mbedTLS asked for input and got none
	bool changed_cipher_spec : 1; // this end has sent such a record, or an encrypted one
} xstls_handshake;

// Frees mbedTLS and what there is beside it.
void xstls_handshake_free_library(xstls_handshake *handshake);
void xstls_handshake_free_hello(xstls_handshake *handshake);
// mbedTLS has read the ClientHello: frees what is not needed any more.
void xstls_handshake_free_read_hello(xstls_handshake *handshake);
void xstls_handshake_free_early_data(xstls_handshake *handshake);
void xstls_handshake_free_retry(xstls_handshake *handshake);
void xstls_handshake_free_first(xstls_handshake *handshake);
// Ends the session. Only the outbox stays.
void xstls_handshake_fail(xstls_handshake *handshake, xstls_failure failure);
// Frees what the handshake owns, its state as well.
void xstls_handshake_free(xstls_handshake *handshake);

#endif
