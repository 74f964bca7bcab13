// The handshake, step by step over mbedtls_ssl.

#ifndef TLS_HANDSHAKE_H
#define TLS_HANDSHAKE_H

#include "tls-handshake-state.h"

// PHASE_IDLE: sets mbedTLS up. False when the session has failed by it.
bool tls_handshake_begin(tls_handshake *handshake);
// A client that has not begun: begins, and offers the server a session. False when it was not offered; then the client
// begins without it, or has failed.
bool tls_handshake_offer(tls_handshake *handshake, const mbedtls_ssl_session *session);
// PHASE_HANDSHAKE: goes on as far as it can without input.
void tls_handshake_advance(tls_handshake *handshake);
// The same with input; returns how much of it was taken.
size_t tls_handshake_feed(tls_handshake *handshake, const uint8_t *ciphertext, size_t length);

#endif
