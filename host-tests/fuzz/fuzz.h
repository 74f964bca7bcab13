// What a fuzz target is: a function that takes any bytes, and inputs to begin with that are made from the real thing.

#ifndef FUZZ_H
#define FUZZ_H

#include "fixture.h"

// Never returns anything but 0; whatever is wrong ends the program.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length);

// Of the target: gives all its seeds to fuzz_put_seed.
void fuzz_make_seeds(void);
// Adds one to the corpus; `data` is copied.
void fuzz_put_seed(const char *name, const uint8_t *data, size_t length);
// Where fuzz_put_seed puts them.
void fuzz_set_corpus(const char *folder);

// Ends the program with a reason, unless it holds.
void fuzz_check(bool holds, const char *what);

// Runs it, and again: what is left behind once may be a table that has grown, what is left each time is a leak.
void fuzz_check_leaks(void (*run)(const uint8_t *data, size_t length), const uint8_t *data, size_t length);

// Stops the clock when the certificates were made, so that seeds stay what they are.
void fuzz_stop_clock(void);

#endif
