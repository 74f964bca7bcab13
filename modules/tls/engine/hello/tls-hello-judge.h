// Judges what a ClientHello has apart from what a server chooses by (tls-hello.h): what the RFCs have a server refuse
// and mbedTLS does not.

#ifndef TLS_HELLO_JUDGE_H
#define TLS_HELLO_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"

// A whole message that was parsed without an error. `is_1_3` tells which version the handshake will have. TLS_E_NONE,
// DECODE_ERROR or ILLEGAL_PARAMETER.
xstls_error xstls_hello_judge(const uint8_t *message, size_t length, bool is_1_3);

#endif
