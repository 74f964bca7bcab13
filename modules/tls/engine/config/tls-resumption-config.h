// Setters for handshakes without certificates: session resumption and pre-shared keys (RFC 8446 §2.2).

#ifndef TLS_RESUMPTION_CONFIG_H
#define TLS_RESUMPTION_CONFIG_H

#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"
#include "resumption/tls-psk.h"
#include "resumption/tls-resumption.h"
#include "tls-config-types.h"

// Where a server's sessions are kept for resumption; the configuration takes a reference of its own (rows A4, B6).
// Below mbedTLS 4.1 a configuration that asks for client certificates gives no tickets: a flaw there lets in whoever
// has overheard one.
xstls_error xstls_config_set_resumption(xstls_config *config, xstls_resumption *resumption);
// A server's pre-shared keys; the configuration takes a reference of its own, and the table may change at any time
// (row C4). It offers them beside its certificates, or alone.
xstls_error xstls_config_set_psks(xstls_config *config, xstls_psks *psks);
// A TLS 1.2 server's psk_identity_hint (RFC 4279 §5.2), 1 to 128 bytes without NUL, else ARGUMENT. It is sent with
// suites of a pre-shared key alone, such as TLS_PSK_WITH_AES_128_GCM_SHA256.
xstls_error xstls_config_set_psk_hint(xstls_config *config, const uint8_t *hint, size_t length);
// A client's pre-shared key: identity 1 to 128 bytes, key 1 to 32 bytes, else ARGUMENT.
xstls_error xstls_config_set_client_psk(xstls_config *config, const uint8_t *identity, size_t identity_length,
                                        const uint8_t *key, size_t key_length);

#endif
