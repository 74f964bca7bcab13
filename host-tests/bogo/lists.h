// What a configuration may agree on: suites, groups, signature algorithms.

#ifndef BOGO_LISTS_H
#define BOGO_LISTS_H

#include "config/tls-config.h"
#include "options.h"

// `verifies`: this end looks at its peer's certificate. Ends the program where a flag asks for what is not there.
void bogo_lists_set(xstls_config *config, const bogo_options *options, bool verifies);

#endif
