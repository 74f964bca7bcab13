// The suites, groups and signature algorithms of a sealed configuration, for other rooms of the engine.

#ifndef TLS_POLICY_CONFIG_INTERNAL_H
#define TLS_POLICY_CONFIG_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "mbedtls/ssl.h"

#include "tls-config-types.h"

// Gives `ssl` the suites, groups and signature algorithms. mbedTLS keeps pointers to the lists.
void xstls_policy_apply(xstls_config *config, mbedtls_ssl_config *ssl, xstls_role role);
void xstls_policy_free(xstls_config *config);
// The suites that a role may agree on, in order of preference; 0 behind the last, TLS_POLICY_MOST at most.
const int *xstls_policy_suites_of(const xstls_config *config, xstls_role role);
// Makes those what mbedTLS chooses from, after a handshake of that role has had a list of its own.
void xstls_policy_reset_suites(xstls_config *config, xstls_role role);
// Where in that list a suite stands; -1 when it is not there.
int xstls_policy_place_of(const xstls_config *config, xstls_role role, int suite);
// Whether a group may be agreed on.
bool xstls_policy_has_group(const xstls_config *config, uint16_t group);
bool xstls_policy_has_signature(const xstls_config *config, uint16_t algorithm);
// The signature algorithms that were named, NULL when none was.
const uint16_t *xstls_policy_signatures_of(const xstls_config *config, size_t *count);

#endif
