// A device that nobody has told of a network opens one of its own, with a page on which a person chooses; then it joins that network, and is
// found there as https://device.local, with a certificate that it has made.
//
// mc/config: host is its name, accessPointPassword what is printed on it. On a desk there is no radio: address, plainPort and dnsPort say
// where the page and the name server are, and a class in the place of the SDK's finds some networks.

import UDP from "embedded:io/socket/udp";
import DeviceName from "discovery/device-name";
import Responder from "discovery/responder";
import HTTPSServer from "httpsd/https-server";
import DeviceIdentity from "identity/device-identity";
import IdentityStore from "identity/preference-store";
import config from "mc/config";
import CredentialsStore from "provisioning/preference-store";
import Provisioner from "provisioning/provisioner";
import TLSContext from "tls/context";

const name = new DeviceName({
	name: String(config.host ?? "device"),
	store: new IdentityStore("tls", "name"),
	dnssd: { io: Responder, socket: { io: UDP } },
	memory: { hold: bytes => (server === undefined ? Promise.resolve(undefined) : server.hold(bytes)) }
});
let identity: DeviceIdentity | undefined;
let server: HTTPSServer | undefined;

// Made when the network is there, and not before: while the portal is open there is no room for TLS.
function makeServer(): HTTPSServer {
	const own = new DeviceIdentity({ store: new IdentityStore(), name: name.label, otherNames: name.otherLabels });
	const made = new HTTPSServer({ port: config.port, secure: own.secure });
	own.onChange = () => {
		made.context = new TLSContext(own.secure);
	};
	identity = own;
	made.get("/", (_request, response) => response.html(`<h1>${name.label} is in your network</h1>`));
	made.get("/ca.crt", (_request, response) => response.type("application/x-x509-ca-cert").send(own.trustedPEM));
	return made;
}

const provisioner = new Provisioner({
	accessPoint: { ssid: `Setup of ${name.label}`, password: String(config.accessPointPassword ?? "change this") },
	store: new CredentialsStore(),
	link: () => `https://${name.host}/`,
	address: String(config.address ?? "192.168.4.1"),
	port: Number(config.plainPort ?? 80),
	dnsPort: Number(config.dnsPort ?? 53),
	onPortal: isOpen => trace(isOpen ? "Join the device's network\n" : "The device's network is closed\n"),
	onOnline: () => {
		server ??= makeServer();
		server.start();
		name.start(identity, [{ serviceType: "_https._tcp", port: server.port }]);
		trace(`Serving https://localhost:${server.port}/\n`);
	},
	onOffline: () => {
		name.close();
		return server?.stop();
	}
});
provisioner.start();

/** For a button that is held for five seconds: the device knows no network any more. */
export const forget = (): void => provisioner.forget();
