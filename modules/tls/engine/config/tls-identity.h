// Setters for the identities of this end: certificate chains with their private keys.

#ifndef TLS_IDENTITY_H
#define TLS_IDENTITY_H

#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"
#include "tls-config-types.h"

// From now on a chain is taken that peers may not believe: an RSA key of less than 2,048 bits, MD5, SHA-1.
xstls_error xstls_config_allow_weak_identity(xstls_config *config);

// A certificate chain, leaf first, with its private key. Several identities may be given, in order of preference;
// the first that the client can verify is used (row A3). CERTIFICATE_WEAK for one that has to be allowed.
xstls_error xstls_config_add_identity(xstls_config *config, const uint8_t *chain, size_t chain_length,
                                      const uint8_t *key, size_t key_length);
// The same with a private key that PSA holds, by its id, 1 to 0x7fffffff (row B9). It signs once: KEY_NOT_FOUND,
// KEY_NOT_USABLE when its type or its policy does not let it sign for the versions that are set by now, KEY_MISMATCH.
xstls_error xstls_config_add_opaque_identity(xstls_config *config, const uint8_t *chain, size_t chain_length,
                                             uint32_t key_id);

#endif
