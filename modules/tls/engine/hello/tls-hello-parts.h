// A ClientHello taken apart, for those who need more than a server chooses by.

#ifndef TLS_HELLO_PARTS_H
#define TLS_HELLO_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tls-hello-reader.h"

// ExtensionTypes (IANA) that are judged, changed or left out.
enum {
	TLS_HELLO_SUPPORTED_GROUPS = 10,
	TLS_HELLO_POINT_FORMATS = 11,
	TLS_HELLO_PADDING = 21,
	TLS_HELLO_PRE_SHARED_KEY = 41,
	TLS_HELLO_EARLY_DATA = 42,
	TLS_HELLO_SUPPORTED_VERSIONS = 43,
	TLS_HELLO_COOKIE = 44,
	TLS_HELLO_PSK_MODES = 45,
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
// The next extension; false behind the last.
bool xstls_hello_next_extension(xstls_reader *extensions, xstls_hello_extension *extension);

#endif
