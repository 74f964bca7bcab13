#ifndef TLS_CONTEXT_XS_H
#define TLS_CONTEXT_XS_H

#include "config/tls-config.h"
#include "tls-xs.h"

// The configuration behind a `NativeContext`; throws when `slot` is none.
xstls_config *xstls_xs_get_config(xsMachine *the, xsSlot *slot);
// For a native method of NativeContext: calls a setter of the configuration with the bytes of its one parameter, or of
// its two.
void xstls_xs_set_bytes(xsMachine *the, xstls_error (*set)(xstls_config *, const uint8_t *, size_t));
void xstls_xs_set_two_bytes(xsMachine *the,
                            xstls_error (*set)(xstls_config *, const uint8_t *, size_t, const uint8_t *, size_t));
// For the constructor of a native class: `data` becomes that of the object, NULL means that memory was short.
void xstls_xs_construct(xsMachine *the, void *data);

#endif
