// XS takes C heap at each `try`: where there is none, it aborts.

import { take } from "c-heap";

while (take(12) !== undefined);
trace("full\n");
try {
	trace("tried\n");
} catch {}
