// Dates of certificates as Unix time.

#ifndef TLS_X509_TIME_H
#define TLS_X509_TIME_H

#include <stdint.h>

#include "mbedtls/x509.h"

// Seconds since 1970, UTC.
int64_t xstls_x509_seconds(const mbedtls_x509_time *time);

#endif
