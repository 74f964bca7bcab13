// A peer that wants short records, as by record_size_limit (RFC 8449).

#ifndef ENGINE_RECORD_LIMIT_H
#define ENGINE_RECORD_LIMIT_H

#include <stddef.h>

// From now on no record may have more plaintext; 0 for no limit but mbedTLS's own.
void record_limit_set(size_t limit);

#endif
