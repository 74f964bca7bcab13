// A device that is found by name. Requests and the configuration play the part of what happens to it.

import UDP from "embedded:io/socket/udp";
import { memory } from "desk";
import DeviceName, { type NamedIdentity } from "discovery/device-name";
import Responder from "discovery/responder";
import { allowedHosts } from "httpsd/filters/allowed-hosts";
import HTTPSServer from "httpsd/https-server";
import DeviceIdentity from "identity/device-identity";
import FileStore from "identity/file-store";
import config from "mc/config";
import Net from "net";
import TLSContext from "tls/context";

let isOnline = true;
let canIssue = config.canIssue !== false && config.canIssue !== "false";

const folder = String(config.folder);
const name = new DeviceName({
	name: String(config.name ?? "lamp"),
	store: new FileStore(`${folder}/name.bin`),
	dnssd: { io: Responder, socket: { io: UDP, port: Number(config.group ?? 5353) } },
	onChange: ({ isClaimed, host }) => trace(`${isClaimed ? "claimed" : "lost"} ${host}\n`),
	onError: error => trace(`error ${error}\n`),
	getAddress: () => (isOnline ? Net.get("IP") : undefined)
});

const identity = new DeviceIdentity({
	store: new FileStore(`${folder}/identity.bin`),
	name: name.label,
	otherNames: name.otherLabels,
	addresses: ["127.0.0.1"],
	onChange: ({ fingerprint }) => {
		trace(`certificate ${fingerprint}\n`);
		server.context = new TLSContext(identity.secure);
	}
});
// Faults are forced here: an identity that has no certificate for another name.
const renamed: NamedIdentity = {
	update(names) {
		if (!canIssue) throw new Error("There is no memory for a certificate");
		identity.update(names);
	}
};

const server = new HTTPSServer({ port: 0, address: "127.0.0.1", plainPort: 0, secure: identity.secure });
server.use(
	"/",
	allowedHosts(() => [...name.hosts, "localhost"])
);
server.get("/", (_request, response) => response.send(name.host));
server.post("/network/:state", (request, response) => {
	isOnline = request.params.state === "on";
	name.check();
	response.send();
});
server.get("/memory", (_request, response) => response.json(memory()));
server.post("/issue/:state", (request, response) => {
	canIssue = request.params.state === "on";
	response.send();
});
server.start();
const services = [
	{ serviceType: "_https._tcp", port: server.port, txt: new Map([["path", "/"]]) },
	{ serviceType: "_http._tcp", port: server.plainPort as number }
];
if (config.silent === undefined) name.start(renamed, services);
trace(`trust ${JSON.stringify(identity.trustedPEM)}\n`);
trace(`plain ${server.plainPort}\n`);
trace(`listening on ${server.port}\n`);

export function stop(): Promise<void> {
	name.close();
	identity.close();
	return server.stop();
}
