// What the glue files share: bytes out of JavaScript values.

#ifndef TLS_XS_H
#define TLS_XS_H

#include <stdint.h>
#include <string.h>

#include "xsmc.h"

#include "config/tls-config.h"
#include "session/tls-engine.h"

typedef struct {
	const uint8_t *data;
	xsUnsignedValue length;
} tls_xs_bytes;

// The bytes of a string or of any buffer, in place: valid until the next call into XS that may allocate.
// Throws TypeError for anything else.
static inline tls_xs_bytes tls_xs_get_bytes(xsMachine *the, xsSlot *slot)
{
	tls_xs_bytes bytes;

	if (xsmcTypeOf(*slot) == xsStringType || xsmcTypeOf(*slot) == xsStringXType) {
		bytes.data = (const uint8_t *)xsmcToString(*slot);
		bytes.length = (xsUnsignedValue)strlen((const char *)bytes.data);
	} else {
		void *data;

		xsmcGetBufferReadable(*slot, &data, &bytes.length);
		bytes.data = data;
	}
	return bytes;
}

// A parameter that the caller left out has no slot at all: every entry says how many it will touch.
#define tls_xs_require(_COUNT)                                                                                         \
	do {                                                                                                               \
		if (xsmcArgc < (_COUNT))                                                                                       \
			xsTypeError("Parameter missing");                                                                          \
	} while (0)

// The configuration behind a `NativeContext`; throws when `slot` is none.
tls_config *tls_xs_get_config(xsMachine *the, xsSlot *slot);
// The session behind `this`; throws when it is none or was freed.
tls_session *tls_xs_get_session(xsMachine *the);

#endif
