// Glue for random bytes (random.ts).

#include "tls-xs.h"

#include "crypto/tls-random.h"

void xs_xstls_random(xsMachine *the)
{
	xstls_xs_require(1);
	xsIntegerValue length = xsmcToInteger(xsArg(0));

	if (length < 0 || length > TLS_RANDOM_MOST)
		xsRangeError("Random bytes are 0 to 1024 at once");
	if (!xstls_random(xsmcSetArrayBuffer(xsResult, NULL, length), (size_t)length))
		xsUnknownError("Randomness is not to be had");
}
