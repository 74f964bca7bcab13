// What a session is bound to: bytes that stand for who made it. A session is resumed only where the bytes are the same.
// A configuration has some for each role (tls-config-binding.c); a server's session is bound to the name that its
// client has asked for as well.

#ifndef TLS_BINDING_H
#define TLS_BINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TLS_BINDING = 32 }; // bytes

// Makes of a configuration's bytes those of a session with the client that asks for `name` (RFC 6066 §3); NULL for a
// client that asks for none. False when PSA failed.
bool xstls_binding_with_name(const uint8_t config[TLS_BINDING], const uint8_t *name, size_t length,
                             uint8_t binding[TLS_BINDING]);

#endif
