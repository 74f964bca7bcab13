// The demo firmware: a page over HTTPS that shows how it came, and one that chats over WSS.
//
// On a device the SDK joins the Wi-Fi and sets the clock before this module runs (examples/manifest_net.json, with
// ssid and password from mc/config); on the desk and in the simulator there is nothing to join.

import HTTPSServer from "httpsd/https-server";
import config from "mc/config";
import Time from "time";
import type { TLSDetails } from "tls/details";
import { measureHeap } from "tls/heap";
import { addChat } from "./chat-page";
import { renderPage } from "./page";
import { openServerIdentity } from "./server-identity";
import { readPort } from "./settings";

const started = Time.ticks;
const port = readPort(config.port);

const identity = openServerIdentity(() => {
	server.context = identity.makeContext();
	traceIdentity();
});
const server = new HTTPSServer({ port, secure: identity.makeContext() });

function traceIdentity(): void {
	const { fingerprint, trusted } = identity;
	trace(`Certificate SHA-256 ${fingerprint}\n`);
	if (trusted !== undefined) trace(`To trust it, install /ca.crt if its SHA-256 is ${trusted.fingerprint}\n`);
}

server.get("/", (request, response) => {
	const tls = request.tls as TLSDetails;
	response.html(renderPage({ tls, uptime: Time.delta(started), heap: measureHeap(), memory: server.memory }));
});

// For people to install, so that their browsers trust this server.
server.get("/ca.crt", (_request, response) => {
	const { trusted } = identity;
	if (trusted === undefined) response.status(404).send();
	else response.type("application/x-x509-ca-cert").send(trusted.pem);
});

addChat(server);

server.on("error", ({ error }) => trace(`${error}\n`));
server.start();
traceIdentity();
trace(`Serving https://${identity.host}:${server.port}\n`);

/** Called by the desk host at Ctrl-C: requests in progress are finished, then the port is free. */
export function stop(): Promise<void> {
	identity.close();
	return server.stop();
}
