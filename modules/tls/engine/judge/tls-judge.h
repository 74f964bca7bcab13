// Judges a message of the handshake once more: what the RFCs have an end refuse and mbedTLS does not, or by another
// alert.

#ifndef TLS_JUDGE_H
#define TLS_JUDGE_H

#include <stdint.h>

#include "mbedtls/ssl.h"

#include "state/tls-state.h"

// After a step that succeeded. `type` is xstls_port_next_message from before that step. 0, or the mbedTLS error that
// the session has to end with.
int xstls_judge(const xstls_state *state, const mbedtls_ssl_context *ssl, uint8_t type);

// Before that step, with the same type, over TLS 1.3: has mbedTLS read the message, and judges what mbedTLS would
// refuse by another alert. 0, or that error; or that of reading, which may be that there is no such message yet.
int xstls_judge_first(const xstls_state *state, mbedtls_ssl_context *ssl, uint8_t type);

#endif
