// A ClientHello taken apart, for those who need more than a server chooses by.

#ifndef TLS_HELLO_PARTS_H
#define TLS_HELLO_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tls-hello-reader.h"

// ExtensionTypes (IANA) that are judged, compared, changed or left out.
enum {
	TLS_HELLO_SERVER_NAME = 0,
	TLS_HELLO_SUPPORTED_GROUPS = 10,
	TLS_HELLO_POINT_FORMATS = 11,
	TLS_HELLO_SIGNATURE_ALGORITHMS = 13,
	TLS_HELLO_ALPN = 16,
	TLS_HELLO_RECORD_SIZE_LIMIT = 28,
	TLS_HELLO_PRE_SHARED_KEY = 41,
	TLS_HELLO_EARLY_DATA = 42,
	TLS_HELLO_SUPPORTED_VERSIONS = 43,
	TLS_HELLO_PSK_MODES = 45,
	TLS_HELLO_SIGNATURE_ALGORITHMS_CERT = 50,
	TLS_HELLO_KEY_SHARE = 51,
};

typedef struct {
	uint16_t legacy_version;
	xstls_hello_span start; // random, session id, cipher suites and compression methods, as they stand there
	xstls_hello_span compressions;
	xstls_reader extensions; // nothing to read for none
} xstls_hello_parts;

typedef struct {
	uint16_t type;
	xstls_hello_span whole, body; // with and without type and length
} xstls_hello_extension;

// Of a whole message that was parsed without an error.
xstls_hello_parts xstls_hello_take_apart(const uint8_t *message, size_t length);
// Its key shares (RFC 8446 §4.2.8); nothing to read for none.
xstls_reader xstls_hello_shares(const uint8_t *message, size_t length);
// The next extension; false behind the last.
bool xstls_hello_next_extension(xstls_reader *extensions, xstls_hello_extension *extension);

#endif
