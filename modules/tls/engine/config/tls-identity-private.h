// Frees the list, for the configuration that is released.

#ifndef TLS_IDENTITY_PRIVATE_H
#define TLS_IDENTITY_PRIVATE_H

#include "tls-config-types.h"

void xstls_identities_free(xstls_config *config);

#endif
