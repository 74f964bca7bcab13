// Keys that are published in examples: nobody serves with one of them, or trusts one.

#ifndef TLS_SAMPLES_H
#define TLS_SAMPLES_H

#include <stdbool.h>

#include "mbedtls/x509_crt.h"

// Whether one of these certificates has a public key whose private half is published (row A6).
bool tls_samples_include(const mbedtls_x509_crt *chain);

#endif
