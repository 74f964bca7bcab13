// NSS, which Firefox has: tstclnt and selfserv.

import { join } from "node:path";
import { sources } from "./build";
import { testStack } from "./suite";

const common = {
	untrusted: [/^failed: .*SEC_ERROR_UNKNOWN_ISSUER/, "unknown_ca"],
	stranger: [/^failed: .*SSL_ERROR_UNKNOWN_CA_ALERT/, "CERTIFICATE_UNTRUSTED"],
	// Numbers of sslerr.h and secerr.h: SSL_ERROR_UNKNOWN_CA_ALERT, SSL_ERROR_NO_CERTIFICATE, SEC_ERROR_UNKNOWN_ISSUER.
	unknownCA: /^failed: -12195:/m,
	noCertificate: [/^failed: -12285:/m, "bad_certificate"],
	untrustedClient: [/^failed: -8179:/m, "unknown_ca"]
} as const;

testStack(
	"NSS",
	{ command: [join(sources, "nss.sh")] },
	{
		"1.2": { ...common, certificateRequired: /^failed: .*SSL_ERROR_HANDSHAKE_FAILURE_ALERT/ },
		"1.3": {
			...common,
			certificateRequired: /^failed: .*SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT/,
			noCertificate: [/^failed: -12285:/m, "certificate_required"]
		}
	}
);
