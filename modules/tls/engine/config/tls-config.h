// A TLS configuration: identities, trust, versions and other parameters. It serves both roles: a session says which one
// it has. It is built once, sealed, and then shared by all sessions by reference count, so that certificates are not
// parsed for each connection.
//
// The setters work until the configuration is sealed; afterwards they answer TLS_E_STATE. What they are given is
// copied, except where they say otherwise. Certificates and keys are DER or PEM, told apart by their first bytes.

#ifndef TLS_CONFIG_H
#define TLS_CONFIG_H

#include <stdbool.h>

#include "port/tls-error.h"
#include "tls-config-memory.h"
#include "tls-config-types.h"
#include "tls-identity.h"
#include "tls-policy-config.h"
#include "tls-protocol-config.h"
#include "tls-resumption-config.h"
#include "tls-trust-config.h"

// A configuration with one reference, owned by the caller; NULL when memory or randomness is short.
xstls_config *xstls_config_new(void);
xstls_config *xstls_config_retain(xstls_config *config);
void xstls_config_release(xstls_config *config);

// Ends the setting up. STATE for one that is sealed, or of which a setter failed half-way.
xstls_error xstls_config_seal(xstls_config *config);
bool xstls_config_is_sealed(const xstls_config *config);

// The mbedTLS error behind the last setter that failed, 0 when it had none.
int xstls_config_library_error(const xstls_config *config);

#endif
