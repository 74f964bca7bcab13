// A device that makes its own identity. Requests play the part of what happens to it: another address, time that passes.

import Flash from "flash";
import Server from "httpsd/server";
import DeviceIdentity, { type Signer } from "identity/device-identity";
import FileStore from "identity/file-store";
import FlashStore from "identity/flash-store";
import PreferenceStore from "identity/preference-store";
import type { Store } from "identity/store";
import config from "mc/config";
import TLSContext from "tls/context";
import TLSListener, { type TLSListenerOptions } from "tls/listener";

let skew = Number(config.skew ?? 0); // milliseconds that the device's clock is ahead
let listener: TLSListener | undefined;

class Listener extends TLSListener {
	constructor(options: TLSListenerOptions) {
		super(options);
		listener = this;
	}
}

function makeStore(): Store {
	if (config.store === "flash") return new FlashStore(new Flash("identity"));
	if (config.store === "preference") return new PreferenceStore();
	return new FileStore(String(config.store));
}

const identity = new DeviceIdentity({
	store: makeStore(),
	name: String(config.name ?? "device"),
	addresses: ["127.0.0.1"],
	signer: (config.signer ?? "authority") as Signer,
	now: () => (config.clock === undefined ? Date.now() : Number(config.clock)) + skew,
	onChange: () => {
		trace(`changed ${identity.fingerprint}\n`);
		if (listener !== undefined) listener.context = new TLSContext(identity.secure);
	},
	onRequest: request => trace(`request ${JSON.stringify(request)}\n`)
});

const server = new Server({
	io: Listener,
	port: Number(config.port ?? 0),
	address: "127.0.0.1",
	secure: identity.secure
});
server.get("/", (_request, response) =>
	response.json({ fingerprint: identity.fingerprint, notAfter: identity.notAfter })
);
server.get("/ca.crt", (_request, response) => {
	response.headers.set("content-type", "application/x-x509-ca-cert");
	response.send(identity.trusted?.slice().buffer ?? new ArrayBuffer(0));
});
server.post("/name/:name", (request, response) => {
	identity.update({ name: request.params.name as string });
	response.json({ fingerprint: identity.fingerprint });
});
server.post("/address/:address", (request, response) => {
	identity.update({ addresses: ["127.0.0.1", request.params.address as string] });
	response.json({ fingerprint: identity.fingerprint });
});
server.post("/days/:days", (request, response) => {
	skew += 86_400_000 * Number(request.params.days);
	identity.update();
	response.json({ fingerprint: identity.fingerprint });
});
server.post("/install", async (request, response) => {
	try {
		identity.install(await request.body.text());
		response.send("installed");
	} catch (error) {
		response.send(String(error));
	}
});
server.on("error", ({ error }) => trace(`error ${error}\n`));
server.start();
trace(`trust ${JSON.stringify({ pem: identity.trustedPEM, fingerprint: identity.trustedFingerprint })}\n`);
trace(`identity ${identity.fingerprint}\n`);
trace(`listening on ${server.port}\n`);

export function stop(): Promise<void> {
	identity.close();
	return server.stop();
}
