// mbedTLS's RSA under PSA, which crypto/tls-rsa.c signs with. As with products on curves (port/curves), mbedTLS's own
// file is compiled with another name before version 4 (tls-mbedtls-config.h), and the linker is told to from then on
// (--wrap).

#ifndef TLS_PORT_RSA_H
#define TLS_PORT_RSA_H

#include "mbedtls/build_info.h"
#include "psa/crypto.h"

#if MBEDTLS_VERSION_NUMBER < 0x04000000
#include "mbedtls/rsa.h"
#else
#include "mbedtls/private/rsa.h"
#define xstls_rsa_sign_hash __wrap_mbedtls_psa_rsa_sign_hash
#define xstls_library_rsa_sign_hash __real_mbedtls_psa_rsa_sign_hash
#endif

// mbedTLS's own. Not there when the linker has not been told, and then nothing asks for ours.
__attribute__((weak)) psa_status_t xstls_library_rsa_sign_hash(const psa_key_attributes_t *attributes,
                                                               const uint8_t *key, size_t key_length,
                                                               psa_algorithm_t algorithm, const uint8_t *hash,
                                                               size_t hash_length, uint8_t *signature,
                                                               size_t signature_size, size_t *signature_length);

// A context made of a private key as PSA keeps it, for xstls_port_rsa_free; NULL when it cannot be.
mbedtls_rsa_context *xstls_port_rsa_load(const uint8_t *key, size_t key_length);
// Of NULL too.
void xstls_port_rsa_free(mbedtls_rsa_context *rsa);

#endif
