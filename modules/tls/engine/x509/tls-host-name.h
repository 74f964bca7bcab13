// Whether a certificate is for a server of that name (RFC 9525), by the same rule as verify-hostname.ts (a test holds
// the two against each other).

#ifndef TLS_HOST_NAME_H
#define TLS_HOST_NAME_H

#include <stdbool.h>

#include "mbedtls/x509_crt.h"

// Whether `name` is the name of a host and not an address: labels of printable ASCII, none empty, without a wildcard.
bool xstls_host_name_is_dns(const char *name);
// Whether a dNSName or an iPAddress of the certificate's subjectAltName is `name`. The common name does not count.
bool xstls_host_name_matches(const mbedtls_x509_crt *certificate, const char *name);

#endif
