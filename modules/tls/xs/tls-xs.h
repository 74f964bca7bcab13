// What the glue files share: bytes out of JavaScript values, and the C object behind a host object.

#ifndef TLS_XS_H
#define TLS_XS_H

#include <stdint.h>
#include <string.h>

#include "xsmc.h"

typedef struct {
	const uint8_t *data;
	xsUnsignedValue length;
} xstls_xs_bytes;

// The bytes of a string or of any buffer, in place: valid until the next call into XS that may allocate.
// Throws TypeError for anything else.
static inline xstls_xs_bytes xstls_xs_get_bytes(xsMachine *the, xsSlot *slot)
{
	xstls_xs_bytes bytes;

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

// The data of the host object in `slot`, which has to have that destructor. Throws TypeError with `message` for another
// object, and for one whose data was freed.
static inline void *xstls_xs_get_host(xsMachine *the, xsSlot *slot, xsDestructor destructor, const char *message)
{
	void *data = xsmcGetHostDataValidate(*slot, (void *)destructor);

	if (!data)
		xsTypeError("%s", message);
	return data;
}

// A parameter that the caller left out has no slot, so every function says how many it reads.
#define xstls_xs_require(_COUNT)                                                                                       \
	do {                                                                                                               \
		if (xsmcArgc < (_COUNT))                                                                                       \
			xsTypeError("Parameter missing");                                                                          \
	} while (0)

#endif
