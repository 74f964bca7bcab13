// What handshake/ and open/ share: the state of a session while its phase changes under them.

#ifndef TLS_STATE_H
#define TLS_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/tls-config-types.h"
#include "port/tls-error.h"
#include "record/tls-outbox.h"
#include "record/tls-records.h"
#include "tls-client.h"

typedef enum {
	PHASE_IDLE,       // mbedTLS is not set up; a server collects the ClientHello
	PHASE_SELECTING,  // the ClientHello is complete, and the caller chooses a configuration by it
	PHASE_HANDSHAKE,  // mbedTLS is set up
	PHASE_OPEN,       // mbedTLS is freed; plaintext goes both ways
	PHASE_PEER_ENDED, // the peer has sent close_notify
	PHASE_FAILED,     // `failure` says why; all but the outbox is freed
} xstls_phase;

// The name that a server's client has asked for (SNI), as it came.
typedef struct {
	uint8_t length;
	uint8_t bytes[];
} xstls_asked_name;

// What the handshake has negotiated, apart from keys.
typedef struct {
	const char *alpn; // of the configuration
	uint8_t *chain;   // of the peer: DER, one certificate after the other, its own first; NULL for none
	size_t chain_length;
	size_t leaf_length;
	uint32_t verify_flags;
} xstls_negotiated;

typedef struct {
	xstls_config *config;
	xstls_client *client;    // NULL for a server
	xstls_asked_name *asked; // NULL for none
	xstls_negotiated negotiated;
	xstls_records *records; // PHASE_OPEN and PHASE_PEER_ENDED
	xstls_outbox outbox;
	xstls_failure failure;
	xstls_phase phase;
	xstls_role role;
	uint32_t psk;         // number of the pre-shared key that a server's session is by (tls-psk-internal.h), 0 for none
	bool uses_psk;        // a server was given the client's pre-shared key, or a decoy; a client has one
	bool saw_certificate; // the handshake came to the server's Certificate, so it does not resume a session
	bool close_sent;
} xstls_state;

bool xstls_state_is_established(const xstls_state *state);
// Whether a client has verified the server.
bool xstls_state_has_verified(const xstls_state *state);
// Ends the session. Only the outbox stays, with an alert that may be in it.
void xstls_state_fail(xstls_state *state, xstls_failure failure);
// Frees what the state owns.
void xstls_state_free(xstls_state *state);

#endif
