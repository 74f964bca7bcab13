// Private keys that are published in examples: no configuration may serve with one of them, or trust one (row A6).

#ifndef TLS_SAMPLES_H
#define TLS_SAMPLES_H

#include <stdbool.h>

#include "mbedtls/x509_crt.h"

// Whether a certificate of the chain has the public key of one of them.
bool xstls_samples_include(const mbedtls_x509_crt *chain);

#endif
