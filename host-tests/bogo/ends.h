// The configuration of an end, made of the runner's flags.

#ifndef BOGO_ENDS_H
#define BOGO_ENDS_H

#include "config/tls-config.h"
#include "options.h"

// A sealed configuration, the caller's. `store` may be NULL. Ends the program where a flag asks for what is not there.
xstls_config *bogo_config(const bogo_options *options, xstls_resumption *store);

#endif
