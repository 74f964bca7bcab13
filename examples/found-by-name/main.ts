// A device that is found as https://lamp.local, and as lamp-2.local where another lamp has the name already.
//
// The name is claimed by multicast DNS, and the device's certificate is always for the name that it has. Name and identity are
// kept, so that both are the same after a restart.

import UDP from "embedded:io/socket/udp";
import DeviceName from "discovery/device-name";
import Responder from "discovery/responder";
import { allowedHosts } from "httpsd/filters/allowed-hosts";
import HTTPSServer from "httpsd/https-server";
import DeviceIdentity from "identity/device-identity";
import PreferenceStore from "identity/preference-store";
import config from "mc/config";
import TLSContext from "tls/context";

const name = new DeviceName({
	name: String(config.host ?? "lamp"),
	store: new PreferenceStore("tls", "name"),
	dnssd: { io: Responder, socket: { io: UDP } },
	memory: { hold: bytes => server.hold(bytes) },
	onChange: ({ host, isClaimed }) => trace(`${host} is ${isClaimed ? "this device" : "given up"}\n`)
});

// Clients install the CA once: it may sign for the names that the device may get some day.
const identity = new DeviceIdentity({
	store: new PreferenceStore(),
	name: name.label,
	otherNames: name.otherLabels,
	onChange: () => {
		server.context = new TLSContext(identity.secure);
	}
});
const plainPort = Number(config.plainPort ?? 80);
const server = new HTTPSServer({ port: config.port, plainPort, secure: identity.secure });

// A page of another site may have its own name lead here; it does not get far (DNS rebinding).
server.use(
	"/",
	allowedHosts(() => [...name.hosts, "localhost"])
);
server.get("/", (_request, response) => response.send(`This is ${name.host}\n`));
server.get("/ca.crt", (_request, response) => response.type("application/x-x509-ca-cert").send(identity.trustedPEM));

server.start();
name.start(identity, [
	{ serviceType: "_https._tcp", port: Number(server.port), txt: new Map([["path", "/"]]) },
	{ serviceType: "_http._tcp", port: Number(server.plainPort) }
]);
trace(`Install /ca.crt if its SHA-256 is ${identity.trustedFingerprint}\n`);
trace(`Serving https://localhost:${server.port}/\n`);
