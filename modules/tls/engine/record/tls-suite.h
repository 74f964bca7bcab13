// The AEAD and the hash of each cipher suite.

#ifndef TLS_SUITE_H
#define TLS_SUITE_H

#include <stdint.h>

#include "psa/crypto.h"

enum { TLS_1_2 = 0x0303, TLS_1_3 = 0x0304 };

typedef struct {
	int number; // IANA's
	psa_key_type_t key_type;
	psa_algorithm_t aead;
	psa_algorithm_t hash; // of HKDF (TLS 1.3) or of the PRF (TLS 1.2)
	uint8_t key_length;   // bytes
	uint8_t tag_length;
} xstls_suite;

// TLS_1_2 or TLS_1_3: the version to which a suite belongs.
uint16_t xstls_suite_version(int number);
// NULL for a suite that tls-policy.c does not list.
const xstls_suite *xstls_suite_of(int number);

#endif
