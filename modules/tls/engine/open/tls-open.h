// A session after its handshake: plaintext goes both ways through the engine's own record layer.

#ifndef TLS_OPEN_H
#define TLS_OPEN_H

#include "state/tls-state.h"

// As the functions of tls-session.h with these names.
size_t xstls_open_feed(xstls_state *state, const uint8_t *ciphertext, size_t length);
size_t xstls_open_readable(const xstls_state *state);
size_t xstls_open_read(xstls_state *state, uint8_t *plaintext, size_t capacity);
const uint8_t *xstls_open_plaintext(const xstls_state *state);
void xstls_open_has_read(xstls_state *state, size_t count);
size_t xstls_open_writable(const xstls_state *state, size_t room);
size_t xstls_open_write(xstls_state *state, const uint8_t *plaintext, size_t length);
void xstls_open_close(xstls_state *state);

#endif
