// Reads a ClientHello (RFC 8446 §4.1.2): what a server can choose its identity by (row B4).

#ifndef TLS_HELLO_H
#define TLS_HELLO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"
#include "tls-hello-span.h"

// The lists are as they stand in the message, without their outer length: numbers of two bytes each, except ALPN's, in
// which a byte with its length stands before each name.
typedef struct {
	uint16_t legacy_version;
	xstls_hello_span ciphers;
	xstls_hello_span server_name;               // RFC 6066 §3, the host_name alone
	xstls_hello_span alpn;                      // RFC 7301 §3.1
	xstls_hello_span versions;                  // RFC 8446 §4.2.1
	xstls_hello_span signature_algorithms;      // RFC 8446 §4.2.3
	xstls_hello_span signature_algorithms_cert; // same
	xstls_hello_span groups;                    // RFC 8446 §4.2.7
	bool extended_master_secret;                // RFC 7627
	bool early_data;                            // RFC 8446 §4.2.10
	bool pre_shared_key;                        // RFC 8446 §4.2.11
	bool psk_with_ecdhe;                        // RFC 8446 §4.2.9, a mode of psk_key_exchange_modes
} xstls_hello;

// Reads a whole ClientHello message, header included. TLS_E_NONE, DECODE_ERROR or ILLEGAL_PARAMETER.
xstls_error xstls_hello_parse(const uint8_t *message, size_t length, xstls_hello *hello);
// Whether a list of two-byte numbers contains `number`.
bool xstls_hello_lists(xstls_hello_span list, uint16_t number);

#endif
