// BearSSL, which the ESP8266's Arduino core has.

import { buildC } from "./build";
import { testStack } from "./suite";

/**
 * An alert that came is 256 and its number; 62 says that a certificate is not trusted, 29 that there is none. Of what it does
 * not like itself it sends no alert.
 */
const words = {
	untrusted: [/^failed: error 62$/, undefined],
	certificateRequired: /^failed: error 296$/,
	unknownCA: /^failed: error 304$/m,
	noCertificate: [/^failed: error 29$/m, undefined],
	untrustedClient: [/^failed: error 62$/m, undefined],
	stranger: [/^failed: error 304$/, "CERTIFICATE_UNTRUSTED"]
} as const;

testStack("BearSSL", { command: [buildC("peer-bearssl", "bearssl")], form: "der" }, { "1.2": words });
