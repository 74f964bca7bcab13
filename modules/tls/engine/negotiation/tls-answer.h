// A ServerHello, where mbedTLS does not judge it as the RFCs want.

#ifndef TLS_ANSWER_H
#define TLS_ANSWER_H

#include "tls-handshake-state.h"

// Client, after a step that succeeded. `was_at_server_hello` tells what the step was. 0, or the mbedTLS error that the
// session has to end with.
int xstls_answer_judge(xstls_handshake *handshake, bool was_at_server_hello);
// The alert to send, in the clear, where mbedTLS would send `description`.
uint8_t xstls_answer_alert(const xstls_handshake *handshake, uint8_t description);

#endif
