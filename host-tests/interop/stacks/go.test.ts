// Go's crypto/tls.

import { buildGo } from "./build";
import { testStack } from "./suite";

const common = {
	untrusted: [/^failed: x509: certificate signed by unknown authority/, "bad_certificate"],
	unknownCA: /^failed: remote error: tls: unknown certificate authority/m,
	noCertificate: [/^failed: tls: client didn't provide a certificate/m, "bad_certificate"],
	untrustedClient: [/^failed: tls: failed to verify client certificate: x509: /m, "bad_certificate"]
} as const;

testStack(
	"Go's crypto/tls",
	{ command: [buildGo("tls_peer")] },
	{
		// Our server names its CAs over TLS 1.2.
		"1.2": {
			...common,
			certificateRequired: /^failed: remote error: tls: handshake failure/,
			stranger: [/^failed: remote error: tls: handshake failure/, "CERTIFICATE_REQUIRED"]
		},
		"1.3": {
			...common,
			certificateRequired: /^failed: remote error: tls: certificate required/,
			stranger: [/^failed: remote error: tls: unknown certificate authority/, "CERTIFICATE_UNTRUSTED"]
		}
	}
);
