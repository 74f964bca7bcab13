// A device whose certificates are installed and chosen over HTTPS. A request plays the part of time that passes, or, with `pace`
// of mc/config, its timers and its clock go so many times as fast.

import { basicAuth } from "httpsd/basic-auth";
import { serveCertificates } from "httpsd/certificates";
import type { DashboardIdentity } from "httpsd/dashboard";
import HTTPSServer from "httpsd/https-server";
import ChosenIdentity from "identity/chosen-identity";
import DeviceIdentity from "identity/device-identity";
import FileStore from "identity/file-store";
import config from "mc/config";
import Timer from "timer";
import TLSContext from "tls/context";

const pace = Number(config.pace ?? 1);
const begin = Date.now();
const now = () => begin + pace * (Date.now() - begin);
if (pace !== 1) {
	const { set } = Timer;
	// Those of a server's own connections are shorter than a minute.
	Timer.set = ((callback: () => void, wait = 0, ...more: []) =>
		set.call(Timer, callback, wait < 60_000 ? wait : wait / pace, ...more)) as typeof Timer.set;
}
const store = (name: string) => new FileStore(`${config.store}.${name}`);
const names = { name: "device", addresses: ["127.0.0.1"] };
const own = new DeviceIdentity({ ...names, store: store("own") });
const uploaded = new DeviceIdentity({ ...names, store: store("uploaded"), signer: "other" });
const acme = { secure: undefined };
const identities = new ChosenIdentity({ supplies: { own, uploaded, acme }, store: store("chosen"), now });
let isOutOfMemory = false;
const makeContext = () => {
	if (isOutOfMemory) throw new Error("There is no memory");
	return new TLSContext({ ...identities.secure, ALPNProtocols: ["http/1.1"] });
};
/** What an application has besides. */
export const ballast: ArrayBuffer = new ArrayBuffer(Number(config.ballast ?? 0));
const server = new HTTPSServer({ port: Number(config.port ?? 0), address: "127.0.0.1", secure: makeContext() });

identities.onChange = () => {
	server.context = makeContext();
	trace(`serves ${identities.choice} at ${now()}\n`);
};
own.onChange = () => identities.changed("own");
uploaded.onChange = () => identities.changed("uploaded");
serveCertificates(server, {
	identities,
	uploaded,
	authenticate: basicAuth({ realm: "Certificates", users: { ada: "s3cret" } })
});
server.get("/dashboard-identity", (_request, response) => {
	const { notAfter, fingerprint }: DashboardIdentity = identities;
	response.json({ notAfter, fingerprint });
});
server.get("/", (_request, response) => response.send(`served ${identities.choice}\n`));
server.post("/out-of-memory/:is", (request, response) => {
	isOutOfMemory = request.params.is === "true";
	response.send("so be it");
});
server.post("/out-of-time", (_request, response) => {
	identities.rollBack();
	response.send("passed");
});
server.on("error", ({ error }) => trace(`error ${error}\n`));
server.start();
trace(`listening on ${server.port}\n`);

export function stop(): Promise<void> {
	for (const each of [own, uploaded, identities]) each.close();
	return server.stop();
}
