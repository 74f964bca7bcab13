// The private keys of identities, held by PSA.

#ifndef ENGINE_OPAQUE_KEYS_H
#define ENGINE_OPAQUE_KEYS_H

#include <stdint.h>

#include "psa/crypto.h"

#include "fixture.h"

// What PSA lets a key be used for.
typedef struct {
	psa_algorithm_t algorithm, enrollment;
	psa_key_usage_t usage;
} key_policy;

// Puts the key of `identity` into PSA, under that policy; returns its number there.
uint32_t opaque_key(const char *identity, const key_policy *policy);
// One that may sign whatever TLS asks for.
uint32_t opaque_signing_key(const char *identity);
xstls_error opaque_key_add(xstls_config *config, const char *identity, uint32_t id);

#endif
