// What the second ClientHello of a client has to have as the first one had it (RFC 8446 §4.1.2): all but key_share,
// early_data, cookie, pre_shared_key and padding.

#ifndef TLS_HELLO_ALIKE_H
#define TLS_HELLO_ALIKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TLS_HELLO_ALIKE = 32 };

// The SHA-256 of that, of a whole message that was parsed without an error. False when it cannot be computed.
bool xstls_hello_alike(const uint8_t *message, size_t length, uint8_t digest[TLS_HELLO_ALIKE]);

#endif
