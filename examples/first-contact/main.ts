// A device that nobody has told of a network opens one of its own, with a page on which a person chooses; then it joins that network, and is
// found there by its name, over HTTPS with a certificate that it has made.
//
// mc/config: host is its name, accessPointPassword what is printed on it. On a desk there is no radio: address, plainPort and dnsPort say
// where the page and the name server are, and a class in the place of the SDK's finds some networks.

import HTTPSServer from "httpsd/https-server";
import DeviceIdentity from "identity/device-identity";
import IdentityStore from "identity/preference-store";
import config from "mc/config";
import CredentialsStore from "provisioning/preference-store";
import Provisioner from "provisioning/provisioner";

const name = String(config.host ?? "device");
const port = Number(config.port ?? 443);
let server: HTTPSServer | undefined;

function makeServer(): HTTPSServer {
	const identity = new DeviceIdentity({ store: new IdentityStore(), name });
	const made = new HTTPSServer({ port, secure: identity.secure });
	made.get("/", (_request, response) => response.html(`<h1>${name} is in your network</h1>`));
	made.get("/ca.crt", (_request, response) => response.type("application/x-x509-ca-cert").send(identity.trustedPEM));
	return made;
}

const provisioner = new Provisioner({
	accessPoint: { ssid: `Setup of ${name}`, password: String(config.accessPointPassword ?? "change this") },
	store: new CredentialsStore(),
	link: `https://${name}.local/`,
	title: name,
	address: String(config.address ?? "192.168.4.1"),
	port: Number(config.plainPort ?? 80),
	dnsPort: Number(config.dnsPort ?? 53),
	onPortal: isOpen => trace(isOpen ? "Join the device's network\n" : "The device's network is closed\n"),
	onOnline: () => {
		// Made now, and not before: while the portal is open there is no room for TLS.
		server ??= makeServer();
		server.start();
		trace(`Serving https://localhost:${server.port}/\n`);
	},
	onOffline: () => server?.stop()
});
provisioner.start();

/** For a button that is held for five seconds: the device knows no network any more. */
export const forget = (): void => provisioner.forget();
