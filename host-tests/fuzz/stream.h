// A session against a stream of bytes that comes from nobody. An input is the number of the kind of handshake times
// two, one more for open crypto; how many bytes are fed at a time, 0 for all; and the stream.

#ifndef FUZZ_STREAM_H
#define FUZZ_STREAM_H

#include "fuzz.h"
#include "kinds.h"

void stream_test(xstls_role role, const uint8_t *data, size_t length);
// What that end is told in good connections of each kind.
void stream_make_seeds(xstls_role role);

#endif
