// What an RSA key's signatures have in common, kept between them. PSA makes it anew for each: numbers that blind it,
// which are some two fifths of a signature of 2048 bits, and what products modulo the key's numbers want.
//
// It takes some 9 times the length of the modulus (2.4 kB with 2048 bits).

#ifndef TLS_RSA_H
#define TLS_RSA_H

#include <stdbool.h>

#include "port/library/tls-port-rsa.h"

// A place for what one key has; zeroed to begin with, and then at the same address until it is released.
typedef struct xstls_rsa_place {
	struct xstls_rsa_place *next;
	mbedtls_rsa_context *rsa; // NULL until a key has signed
	bool held;
} xstls_rsa_place;

// From now on one key more that signs on this task is kept, and until this is released. Another task's keys are not: it
// may sign at the same time.
void xstls_rsa_hold(xstls_rsa_place *place);
// Of one that is not held too. What is kept of others is forgotten with it, for whose key has which place nobody knows.
void xstls_rsa_release(xstls_rsa_place *place);

#ifdef TLS_FIAT_CURVES
// As mbedTLS's own function, whose name it has.
psa_status_t xstls_rsa_sign_hash(const psa_key_attributes_t *attributes, const uint8_t *key, size_t key_length,
                                 psa_algorithm_t algorithm, const uint8_t *hash, size_t hash_length, uint8_t *signature,
                                 size_t signature_size, size_t *signature_length);
#endif

#endif
