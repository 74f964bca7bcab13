// Signing requests (PKCS #10) for a certificate that another CA signs (row Z5).

#ifndef TLS_MAKE_REQUEST_H
#define TLS_MAKE_REQUEST_H

#include "port/tls-error.h"
#include "tls-make-types.h"

// A request for a certificate with those names: GeneralNames without their outer tag (RFC 5280 §4.2.1.6).
xstls_error xstls_make_request(const char *subject, xstls_bytes key, xstls_bytes names, xstls_output *output);

#endif
