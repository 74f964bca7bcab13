// Random bytes for secrets that JavaScript makes.

#ifndef TLS_RANDOM_H
#define TLS_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TLS_RANDOM_MOST = 1024 };

// False when there is no randomness to be had, or `length` is over TLS_RANDOM_MOST.
bool xstls_random(uint8_t *bytes, size_t length);

#endif
