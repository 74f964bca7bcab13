// The key block of TLS 1.2 (RFC 5246 §6.3). mbedTLS has PSA make 256 bytes of it, by 16 HMACs, whatever the suite
// wants. All suites that there are here have AEAD, and want two keys and two IVs: the rest is left out, but for a
// handshake's own task and while it takes a step, since others may derive 256 bytes too. What is left is kept, for
// mbedTLS exports no keys.

#ifndef TLS_PORT_KEY_BLOCK_H
#define TLS_PORT_KEY_BLOCK_H

#include <stdint.h>

#include "mbedtls/ssl.h"
#include "psa/crypto.h"

#if MBEDTLS_VERSION_NUMBER < 0x04000000
#define xstls_library_output_bytes psa_key_derivation_output_bytes
#else
#define xstls_output_bytes __wrap_psa_key_derivation_output_bytes
#define xstls_library_output_bytes __real_psa_key_derivation_output_bytes
#endif

// Of the longest keys and IVs.
enum { XSTLS_PORT_KEY_BLOCK = 2 * (32 + 12) };

typedef struct {
	uint8_t bytes[XSTLS_PORT_KEY_BLOCK];
	uint8_t length; // 0 while there is none
} xstls_port_key_block;

// mbedtls_ssl_handshake_step, with a key block as long as is wanted; a step that makes it leaves it in `block`. While
// another task takes a step, or where the linker has not been told, it is mbedTLS's own and nobody has it.
int xstls_port_step(mbedtls_ssl_context *ssl, xstls_port_key_block *block);

// As PSA's own function, whose name it has for mbedTLS's ssl_tls.c.
psa_status_t xstls_output_bytes(psa_key_derivation_operation_t *operation, uint8_t *output, size_t length);

#endif
