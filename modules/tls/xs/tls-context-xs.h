#ifndef TLS_CONTEXT_XS_H
#define TLS_CONTEXT_XS_H

#include "config/tls-config.h"
#include "tls-xs.h"

// The configuration behind a `NativeContext`; throws when `slot` is none.
xstls_config *xstls_xs_get_config(xsMachine *the, xsSlot *slot);

#endif
