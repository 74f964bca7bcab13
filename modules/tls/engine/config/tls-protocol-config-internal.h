// Passes ALPN and the sizes of records on to mbedTLS when a configuration is sealed.

#ifndef TLS_PROTOCOL_CONFIG_INTERNAL_H
#define TLS_PROTOCOL_CONFIG_INTERNAL_H

#include <stdbool.h>

#include "mbedtls/ssl.h"

#include "tls-config-types.h"

// 0 or an mbedTLS error.
int xstls_alpn_apply(xstls_config *config, mbedtls_ssl_config *ssl);
void xstls_alpn_free(xstls_config *config);
// A client that speaks TLS 1.2 alone asks for records that are not longer than it takes. Where it offers TLS 1.3 too it
// does not ask, for mbedTLS then refuses the server's answer as one that it has not asked for.
void xstls_fragment_length_apply(const xstls_config *config, mbedtls_ssl_config *ssl);
// Whether it does.
bool xstls_fragment_length_is_asked_for(const xstls_config *config);

#endif
