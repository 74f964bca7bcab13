// Bundles of roots for the trust tests, in a block of their own so that a sanitizer sees a step beyond it.

#ifndef ENGINE_BUNDLE_H
#define ENGINE_BUNDLE_H

#include "fixture.h"
#include "trust/tls-bundle.h"

// A bundle of the roots in these DER files, which must come in the order of their subjects; NULL ends the list.
file_bytes bundle_of(const char *const *names);

#endif
