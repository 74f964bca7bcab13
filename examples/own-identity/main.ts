// A device that nobody prepared: at its first start it makes keys, a CA of its own and a certificate, and keeps them.
//
// It renews the certificate by itself. People install the CA once, from /ca.crt, and compare its fingerprint with the console's.

import HTTPSServer from "httpsd/https-server";
import DeviceIdentity from "identity/device-identity";
import PreferenceStore from "identity/preference-store";
import config from "mc/config";
import TLSContext from "tls/context";

const name = String(config.host ?? "localhost");
const identity = new DeviceIdentity({ store: new PreferenceStore(), name, addresses: ["127.0.0.1"] });
const server = new HTTPSServer({ port: config.port, secure: identity.secure });

// Connections that are open keep the certificate that they began with.
identity.onChange = () => {
	server.context = new TLSContext(identity.secure);
	trace(`The certificate is new: ${identity.fingerprint}\n`);
};

server.get("/", (_request, response) => response.send(`${identity.fingerprint}\n`));
server.get("/ca.crt", (_request, response) => response.type("application/x-x509-ca-cert").send(identity.trustedPEM));

server.start();
trace(`Install /ca.crt if its SHA-256 is ${identity.trustedFingerprint}\n`);
trace(`Serving https://${name}:${server.port}/\n`);
