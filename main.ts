// The demo firmware: a dashboard over HTTPS and WSS that shows what the server does.
//
// On a device the SDK joins the Wi-Fi and sets the clock before this module runs (examples/manifest_net.json, with
// ssid and password from mc/config); on the desk and in the simulator there is nothing to join.

import { limits as discoveryLimits } from "discovery/limits";
import { basicAuth } from "httpsd/basic-auth";
import { dashboard } from "httpsd/dashboard";
import { allowedHosts } from "httpsd/filters/allowed-hosts";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";
import { openServerIdentity } from "./server-identity";
import { readPort, readSecret } from "./settings";

const port = readPort(config.port);
const adminPassword = readSecret(config.adminPassword);

const identity = openServerIdentity(
	() => {
		server.context = identity.makeContext();
		traceIdentity();
	},
	{ hold: bytes => server.hold(bytes) }
);
const server = new HTTPSServer({ port, secure: identity.makeContext() });

const traceIdentity = (): void => {
	const { fingerprint, trustedFingerprint } = identity;
	trace(`Certificate SHA-256 ${fingerprint}\n`);
	if (trustedFingerprint !== undefined) trace(`To trust it, install /ca.crt if its SHA-256 is ${trustedFingerprint}\n`);
};

if (identity.hosts !== undefined) server.use("/", allowedHosts(identity.hosts));

// For people to install, so that their browsers trust this server.
server.get("/ca.crt", (_request, response) => {
	const { trustedPEM } = identity;
	if (trustedPEM === undefined) response.status(404).send();
	else response.type("application/x-x509-ca-cert").send(trustedPEM);
});

// Without a password everybody may look, and nobody change anything.
const auth = adminPassword !== undefined && basicAuth({ realm: "Status", users: { admin: adminPassword } });
server.use("/", dashboard(server, { auth, identity, title: "HTTPS from XS" }));

server.start();
identity.announce(Number(server.port));
// Never given back: what others say of names comes at any time.
if (identity.hosts !== undefined) server.hold(discoveryLimits.messageMemory);
traceIdentity();
trace(`Serving https://${identity.host}:${server.port}\n`);

/** Called by the desk host at Ctrl-C: requests in progress are finished, then the port is free. */
export const stop = (): Promise<void> => {
	identity.close();
	return server.stop();
};
