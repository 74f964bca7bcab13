// A session after its handshake: plaintext goes both ways through the engine's own record layer.

#ifndef TLS_OPEN_H
#define TLS_OPEN_H

#include "state/tls-state.h"

// As the functions of tls-session.h with these names.
size_t tls_open_feed(tls_state *state, const uint8_t *ciphertext, size_t length);
size_t tls_open_readable(const tls_state *state);
size_t tls_open_read(tls_state *state, uint8_t *plaintext, size_t capacity);
size_t tls_open_writable(const tls_state *state, size_t room);
size_t tls_open_write(tls_state *state, const uint8_t *plaintext, size_t length);
void tls_open_close(tls_state *state);

#endif
