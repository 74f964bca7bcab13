// What the SDK's XS has and the desk's, which is older, has not. Preloaded, for built-ins are frozen from then on.

import { encodeBase64 } from "text/base64";

Math.irandom = limit => Math.floor(Math.random() * limit);
Uint8Array.prototype.toBase64 = function () {
	return encodeBase64(this);
};
