// wolfSSL, which ESP-IDF and Arduino have too.

import { buildC } from "./build";
import { testStack } from "./suite";

const common = {
	untrusted: [/^failed: certificate verify failed, .* sent 48/, "unknown_ca"],
	unknownCA: /^failed: .* alert received 48/m,
	noCertificate: [/^failed: .*/m, "certificate_required"],
	untrustedClient: [/^failed: certificate verify failed, .* sent 48/m, "unknown_ca"],
	stranger: [/^failed: .* alert received 48/, "CERTIFICATE_UNTRUSTED"]
} as const;

testStack(
	"wolfSSL",
	{ command: [buildC("peer-wolfssl", "wolfssl")] },
	{
		// Over TLS 1.2 it sends no alert where a client has shown none.
		"1.2": {
			...common,
			certificateRequired: /^failed: .* alert received 40/,
			noCertificate: [/^failed: /m, undefined]
		},
		"1.3": { ...common, certificateRequired: /^failed: .* alert received 116/ }
	}
);
