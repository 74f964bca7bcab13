// The SDK's HTTP server over TLSListener, and its fetch over TLSSocket, in the simulator.

import fetch from "fetch";
import { port } from "programs/sdk-server";

async function get(host, options) {
	const response = await fetch(`https://${host}:${port}/upload`, options);
	trace(`${host}: ${response.status} ${await response.text()}\n`);
}

get("localhost");
get("127.0.0.1", { method: "POST", body: "x".repeat(10_000) });
// Not in the certificate.
get("127.0.0.2");
