// The pre-shared keys that a ClientHello offers, its last extension (RFC 8446 §4.2.11).

#ifndef TLS_HELLO_PSK_H
#define TLS_HELLO_PSK_H

#include <stddef.h>
#include <stdint.h>

#include "tls-hello-span.h"

// Of a whole message that was parsed without an error: the binder of the first identity with these bytes; no data when
// there is none. `*truncated` is how many bytes of the message stand before the binders.
xstls_hello_span xstls_hello_binder(const uint8_t *message, size_t length, xstls_hello_span identity,
                                    size_t *truncated);

#endif
