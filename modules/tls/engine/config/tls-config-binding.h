// What the sessions of a configuration are bound to: for each role a hash of who this end is, whom it trusts, and
// whether it asks for certificates. After a change of any of these no earlier session is resumed.

#ifndef TLS_CONFIG_BINDING_H
#define TLS_CONFIG_BINDING_H

#include <stdbool.h>

#include "tls-config-types.h"

// For a configuration that is about to be sealed. False when memory is short.
bool xstls_config_bind(xstls_config *config);

#endif
