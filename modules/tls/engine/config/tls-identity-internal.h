// Frees the identities of a configuration that is released.

#ifndef TLS_IDENTITY_INTERNAL_H
#define TLS_IDENTITY_INTERNAL_H

#include "tls-config-types.h"

void xstls_identities_free(xstls_config *config);

#endif
