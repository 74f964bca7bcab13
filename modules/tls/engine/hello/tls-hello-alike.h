// What of the second ClientHello of a client a server compares with the first one (RFC 8446 §4.1.2): what stands before
// the extensions, and those that it goes by, in any order. That binds the client, and not the server to look at all.

#ifndef TLS_HELLO_ALIKE_H
#define TLS_HELLO_ALIKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TLS_HELLO_ALIKE = 32 };

// The SHA-256 of that, of a whole message that was parsed without an error. False when it cannot be computed.
bool xstls_hello_alike(const uint8_t *message, size_t length, uint8_t digest[TLS_HELLO_ALIKE]);

#endif
