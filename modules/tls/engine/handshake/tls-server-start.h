// A server's session until mbedTLS is set up: the ClientHello is collected and read, and the configuration chosen.
// mbedTLS's buffers are the most of what a connection costs, and one that says nothing costs none of it.

#ifndef TLS_SERVER_START_H
#define TLS_SERVER_START_H

#include "negotiation/tls-handshake-state.h"

// PHASE_IDLE: takes input; returns how much. Once the ClientHello is complete the phase is another. PHASE_HANDSHAKE: takes
// the second ClientHello, where that is what comes (xstls_second_hello_begins).
size_t xstls_server_start_feed(xstls_handshake *handshake, const uint8_t *ciphertext, size_t length);
// PHASE_SELECTING: goes on with the configuration that the state has now, or ends the session with an alert.
void xstls_server_start_continue(xstls_handshake *handshake);
void xstls_server_start_refuse(xstls_handshake *handshake);

#endif
