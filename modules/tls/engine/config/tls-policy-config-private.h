// What the rest of the engine asks of a configuration's lists.

#ifndef TLS_POLICY_CONFIG_PRIVATE_H
#define TLS_POLICY_CONFIG_PRIVATE_H

#include <stdint.h>

#include "mbedtls/ssl.h"

#include "tls-config-types.h"

// Gives `ssl` the suites, groups and signature algorithms. mbedTLS keeps pointers to the lists.
void tls_policy_apply(tls_config *config, mbedtls_ssl_config *ssl, tls_role role);
void tls_policy_free(tls_config *config);
// The suites that a role may agree on, in order of preference; 0 behind the last, TLS_POLICY_MOST at most.
const int *tls_policy_suites_of(const tls_config *config, tls_role role);
// Where in that list a suite stands; -1 when it is not there.
int tls_policy_place_of(const tls_config *config, tls_role role, int suite);
// The signature algorithms that were named, NULL when none was.
const uint16_t *tls_policy_signatures_of(const tls_config *config, size_t *count);

#endif
