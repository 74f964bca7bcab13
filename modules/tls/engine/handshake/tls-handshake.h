// The handshake, step by step over mbedtls_ssl.

#ifndef TLS_HANDSHAKE_H
#define TLS_HANDSHAKE_H

#include "negotiation/tls-handshake-state.h"

// PHASE_IDLE: sets mbedTLS up. False when the session has failed by it.
bool xstls_handshake_begin(xstls_handshake *handshake);
// A client that has not begun: begins, and offers the server a session. False when it was not offered; then the client
// begins without it, or has failed.
bool xstls_handshake_offer(xstls_handshake *handshake, const mbedtls_ssl_session *session);
// PHASE_HANDSHAKE: goes on as far as it can without input.
void xstls_handshake_advance(xstls_handshake *handshake);
// The same with input; returns how much of it was taken.
// Before a server's second ClientHello it takes no more (xstls_second_hello_begins).
size_t xstls_handshake_feed(xstls_handshake *handshake, const uint8_t *ciphertext, size_t length);
// The same with the record of that message, as mbedTLS is to have it.
void xstls_handshake_feed_second_hello(xstls_handshake *handshake, const uint8_t *record, size_t length);

#endif
