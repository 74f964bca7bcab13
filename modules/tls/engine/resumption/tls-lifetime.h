// How old something is by the wall clock, which may be wrong: after a restart it is not set for a while.

#ifndef TLS_LIFETIME_H
#define TLS_LIFETIME_H

#include <stdbool.h>
#include <stdint.h>

// Seconds since 1970 (2025-01-01): a clock that shows less has not been set.
enum { TLS_CLOCK_FLOOR = 1735689600 };

// Whether more than `lifetime` seconds have passed since `since`, in milliseconds since 1970. When `since` is in the
// future, the age is unknown. With a clock that is set, it was set back meanwhile: the lifetime counts as over. With
// one that is not set, `since` is from before a restart: the lifetime goes on.
bool xstls_lifetime_is_over(uint64_t since, uint32_t lifetime);

// Milliseconds since then; 0 for a time in the future.
uint64_t xstls_lifetime_age(uint64_t since);

#endif
