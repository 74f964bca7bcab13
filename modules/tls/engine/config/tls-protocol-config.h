// Setters for versions, application protocols (ALPN) and sizes of records.

#ifndef TLS_PROTOCOL_CONFIG_H
#define TLS_PROTOCOL_CONFIG_H

#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"
#include "tls-config-types.h"

// Lowest and highest version: 0x0303 is TLS 1.2, 0x0304 is TLS 1.3.
xstls_error xstls_config_set_versions(xstls_config *config, uint16_t lowest, uint16_t highest);
// One ALPN protocol, 1 to 255 bytes; call once for each, in order of preference (row B5, RFC 7301).
xstls_error xstls_config_add_alpn(xstls_config *config, const uint8_t *name, size_t length);
// Most bytes of plaintext in a record that is taken and in one that is made, TLS_RECORD_LEAST to what this build's
// buffers hold (rows A1, E5); else ARGUMENT. A TLS 1.2 client asks for records of that size (max_fragment_length, RFC
// 6066 §4).
xstls_error xstls_config_set_record_sizes(xstls_config *config, size_t receive, size_t transmit);
size_t xstls_config_most_receive(void);
size_t xstls_config_most_transmit(void);

#endif
