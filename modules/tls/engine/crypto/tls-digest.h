// SHA-256 for what JavaScript shows of certificates.

#ifndef TLS_DIGEST_H
#define TLS_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TLS_DIGEST_SIZE = 32 };

bool xstls_digest(const uint8_t *data, size_t length, uint8_t digest[TLS_DIGEST_SIZE]);

#endif
