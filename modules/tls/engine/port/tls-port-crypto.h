// What differs between mbedTLS 3.6 and 4.x outside of a handshake: randomness, keys, signatures, error codes.

#ifndef TLS_PORT_CRYPTO_H
#define TLS_PORT_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mbedtls/pk.h"
#include "mbedtls/ssl.h"
#include "psa/crypto.h"

// Starts PSA once; further calls cost nothing. False when no randomness is available.
bool xstls_port_start(void);

// Gives `conf` its source of randomness, where the version wants one.
void xstls_port_conf_random(mbedtls_ssl_config *conf);

// Parses a private key: DER, or PEM with its terminating NUL counted in `length`. 0 or an mbedTLS error.
int xstls_port_parse_key(mbedtls_pk_context *key, const uint8_t *data, size_t length);

// Makes `key` refer to a private key that PSA holds; PSA's key is not destroyed with it. 0 or an mbedTLS error.
int xstls_port_set_opaque_key(mbedtls_pk_context *key, mbedtls_svc_key_id_t id);

// The PSA algorithm by which mbedTLS signs with an EC key that PSA holds: ECDSA or deterministic ECDSA with `hash`.
psa_algorithm_t xstls_port_ecdsa(psa_algorithm_t hash);

// 0 when `private_key` belongs to `public_key`.
int xstls_port_check_pair(mbedtls_pk_context *public_key, mbedtls_pk_context *private_key);

// IANA number of an EC key's curve; 0 for another kind of key and for a curve that TLS has no number for here.
uint16_t xstls_port_key_group(const mbedtls_pk_context *key);

// SignatureScheme (RFC 8446 §4.2.3) of the algorithm that a certificate is signed by, 0 for one that has none. For
// ECDSA it stands for the hash alone, as in TLS 1.2: the curve is that of the issuer's key.
uint16_t xstls_port_signature(const mbedtls_x509_crt *certificate);

// Whether mbedTLS would not believe it from a peer, whoever has issued it: an RSA key of less than 2,048 bits, or a
// signature by MD5 or SHA-1, which counts for nothing where the certificate is its own issuer.
bool xstls_port_is_weak(const mbedtls_x509_crt *certificate);

// Whether an mbedTLS or PSA error means that memory ran out.
bool xstls_port_is_out_of_memory(int library);

#endif
