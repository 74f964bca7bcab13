// What a device does at its start, without the HTTP server, whose modules take longest where each allocation collects
// garbage: it makes its own identity or finds it, or takes credentials out of flash, and listens with them.

import Flash from "flash";
import Credentials from "identity/credentials";
import DeviceIdentity from "identity/device-identity";
import FileStore from "identity/file-store";
import { readPartition } from "identity/flash-store";
import Image from "identity/image";
import config from "mc/config";
import TLSListener, { type TLSListenerOptions } from "tls/listener";

function listen(secure: TLSListenerOptions["secure"]): void {
	const listener = new TLSListener({ port: 0, address: "127.0.0.1", secure });
	trace(`listens ${listener.port > 0}\n`);
	listener.close();
}

function boot(): void {
	const store = new FileStore(String(config.store));
	const identity = new DeviceIdentity({ store, name: "device", addresses: ["127.0.0.1"] });
	trace(`trust ${JSON.stringify({ pem: identity.trustedPEM, fingerprint: identity.trustedFingerprint })}\n`);
	trace(`identity ${identity.fingerprint}\n`);
	listen(identity.secure);
	identity.close();
}

function loadFlash(): void {
	const open = () => Image.fromPartition(readPartition(new Flash("identity")));
	const credentials = new Credentials();
	credentials.addIdentity("server", open());
	credentials.enableCA("server", open());
	const [server] = credentials.describe("server");
	trace(`server ${server?.subject}, CAs ${credentials.describeCA("server").length}\n`);
	listen(credentials.makeContext("server"));
}

if (config.store === undefined) loadFlash();
else boot();
