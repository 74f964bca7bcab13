// Reads what a client has to know of a ServerHello of TLS 1.2 and mbedTLS does not tell (RFC 5246 §7.4.1.3).

#ifndef TLS_SERVER_HELLO_H
#define TLS_SERVER_HELLO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tls-hello-span.h"

typedef struct {
	bool extended_master_secret; // RFC 7627
	xstls_hello_span alpn;       // the one name (RFC 7301 §3.1), NULL for none
} xstls_server_hello;

// Reads a whole message, header included. False when it is malformed, or another message.
bool xstls_server_hello_parse(const uint8_t *message, size_t length, xstls_server_hello *hello);

#endif
