// Java's JSSE.

import { buildJava } from "./build";
import { testStack } from "./suite";

const common = {
	untrusted: [/^failed: .*unable to find valid certification path/, "certificate_unknown"],
	unknownCA: /^failed: .*unknown_ca/m,
	noCertificate: [/^failed: .*Empty client certificate chain/m, "bad_certificate"],
	untrustedClient: [/^failed: .*unable to find valid certification path/m, "certificate_unknown"]
} as const;

testStack(
	"Java's JSSE",
	{ command: buildJava("TlsPeer") },
	{
		// Our server names its CAs over TLS 1.2.
		"1.2": {
			...common,
			certificateRequired: /^failed: .*handshake_failure/,
			stranger: [/^failed: .*handshake_failure/, "CERTIFICATE_REQUIRED"]
		},
		"1.3": {
			...common,
			certificateRequired: /^failed: .*certificate_required/,
			stranger: [/^failed: .*unknown_ca/, "CERTIFICATE_UNTRUSTED"]
		}
	}
);
