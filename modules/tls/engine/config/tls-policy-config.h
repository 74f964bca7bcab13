// Which cipher suites, groups and signature algorithms a configuration allows (row B14).

#ifndef TLS_POLICY_CONFIG_H
#define TLS_POLICY_CONFIG_H

#include <stddef.h>

#include "port/tls-error.h"
#include "tls-config-types.h"
#include "tls-policy.h"

// Allows a cipher suite, a group or a signature algorithm by IANA's name; call once for each, in order of preference.
// The first of a list replaces the default list. ARGUMENT when this build does not have it.
xstls_error xstls_config_allow(xstls_config *config, xstls_policy_list list, const char *name, size_t length);

#endif
