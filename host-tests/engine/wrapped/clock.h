// The clock of the engine and of mbedTLS, taken over by the linker's --wrap so that a test can turn it.

#ifndef ENGINE_CLOCK_H
#define ENGINE_CLOCK_H

#include <stdint.h>

// Stops the clock at this time, milliseconds since 1970; 0 lets it run as it does outside.
void clock_stop_at(uint64_t milliseconds);
// Turns a stopped clock forward.
void clock_advance(uint64_t milliseconds);

#endif
