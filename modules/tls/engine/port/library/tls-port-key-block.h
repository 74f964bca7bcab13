// The key block of TLS 1.2 (RFC 5246 §6.3). mbedTLS has PSA make 256 bytes of it, by 16 HMACs, whatever the suite
// wants. All suites that there are here have AEAD, and want 88 at most (tls-suite.c): the rest is left out, but for a
// handshake's own task and while it takes a step, since others may derive 256 bytes too.

#ifndef TLS_PORT_KEY_BLOCK_H
#define TLS_PORT_KEY_BLOCK_H

#include "mbedtls/ssl.h"
#include "psa/crypto.h"

#if MBEDTLS_VERSION_NUMBER < 0x04000000
#define xstls_library_output_bytes psa_key_derivation_output_bytes
#else
#define xstls_output_bytes __wrap_psa_key_derivation_output_bytes
#define xstls_library_output_bytes __real_psa_key_derivation_output_bytes
#endif

// mbedtls_ssl_handshake_step, with a key block as long as is wanted.
int xstls_port_step(mbedtls_ssl_context *ssl);

// As PSA's own function, whose name it has for mbedTLS's ssl_tls.c.
psa_status_t xstls_output_bytes(psa_key_derivation_operation_t *operation, uint8_t *output, size_t length);

#endif
