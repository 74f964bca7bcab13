// The interop tests' device that orders a certificate, as an application of the simulator: over the SDK's own HTTP client.

import "../simulator/abort";
import "../programs/acme/acme-site";
