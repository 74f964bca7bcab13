// Repeatable randomness for mbedTLS, so that a test that failed fails again and byte counts can be pinned.

#ifndef ENGINE_RANDOM_H
#define ENGINE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

// The same seed gives the same handshake, byte for byte.
void random_seed(uint64_t seed);
// Goes on with another sequence; returns where the one until now is, to go on with it later.
uint64_t random_swap(uint64_t other);
void random_bytes(uint8_t *out, size_t length);

#endif
