// Setters for trust: CAs, pinned keys, and whether the peer has to have a certificate.

#ifndef TLS_TRUST_CONFIG_H
#define TLS_TRUST_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"
#include "tls-config-types.h"
#include "trust/tls-chain.h"

// Default: a server asks for no certificate, a client requires a verified one (rows A5, C1, E1).
xstls_error xstls_config_set_verify(xstls_config *config, xstls_role role, xstls_verify verify);
xstls_error xstls_config_add_ca(xstls_config *config, const uint8_t *certificates, size_t length);
// Roots to look the peer's issuer up in (row C2), beside those of xstls_config_add_ca. Without `copy`, `data` must stay
// where it is until the configuration is released. TLS_E_CA_INVALID when it is no bundle.
xstls_error xstls_config_set_bundle(xstls_config *config, const uint8_t *data, size_t length, bool copy);
// SHA-256 of a SubjectPublicKeyInfo that the peer's own certificate may have, 32 bytes. With pins and no CA at all, a
// pinned key is trusted for itself; with a CA, both must hold.
xstls_error xstls_config_add_pin(xstls_config *config, const uint8_t *hash, size_t length);
// Dates of certificates do not count while the clock shows less than `seconds` since 1970. 0, the default: they do.
xstls_error xstls_config_set_clock_floor(xstls_config *config, int64_t seconds);
// A client accepts a certificate that is for another name.
xstls_error xstls_config_ignore_name(xstls_config *config);

// Verifies certificates as those of a peer (row D6): DER one after the other, or PEM; the peer's own is the first, the
// others may have any order. Names are not compared. TLS_E_CERTIFICATE_INVALID when they cannot be parsed.
xstls_chain_verdict xstls_config_verify_chain(xstls_config *config, const uint8_t *chain, size_t length,
                                              xstls_usage usage);

#endif
