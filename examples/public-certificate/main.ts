// A device with a certificate that browsers trust already: it orders one from Let's Encrypt, and renews it by itself.
//
// The CA has to reach the device by its name, on port 80, to see that the name is the device's. For a device that nobody
// reaches from outside there is the challenge dns-01 (docs/certificates.md).

import Resource from "Resource";
import UDP from "embedded:io/socket/udp";
import Resolver from "embedded:network/dns/resolver/udp";
import HTTPClient from "embedded:network/http/client";
import ACMEIdentity from "acme/acme-identity";
import HTTPChallenge from "acme/http-challenge";
import HTTPSServer from "httpsd/https-server";
import DeviceIdentity from "identity/device-identity";
import PreferenceStore from "identity/preference-store";
import config from "mc/config";
import TLSContext from "tls/context";

const name = String(config.host ?? "lamp.example.org");
const challenge = new HTTPChallenge();
const acme = new ACMEIdentity({
	store: new PreferenceStore("tls", "acme"),
	// The CA's place to try things. Its certificates are trusted by nobody; those of acme-v02.api.letsencrypt.org are.
	directory: String(config.directory ?? "https://acme-staging-v02.api.letsencrypt.org/directory"),
	names: [name],
	challenges: [challenge],
	http: { io: HTTPClient, dns: { io: Resolver, servers: ["1.1.1.1", "9.9.9.9"], socket: { io: UDP } } },
	secure: { caBundle: new Resource("x509_crt_bundle") },
	termsOfServiceAgreed: true,
	memory: { hold: (bytes, letsIn) => server.hold(bytes, letsIn) },
	onChange: () => {
		server.context = makeContext();
		trace(`The certificate is new: ${acme.fingerprint}\n`);
	},
	onError: error => trace(`${error.message}\n`)
});

// Until there is one, the device makes one for itself, of which browsers warn.
const own = new DeviceIdentity({ store: new PreferenceStore("tls", "own"), name: "lamp" });
const makeContext = () => new TLSContext({ ...(acme.secure ?? own.secure), ALPNProtocols: ["http/1.1"] });

const server: HTTPSServer = new HTTPSServer({
	port: config.port,
	plainPort: Number(config.plainPort ?? 80),
	redirect: { exempt: [challenge.path] },
	secure: makeContext()
});
server.get(challenge.route, challenge.answer);
server.get("/", (_request, response) => response.send(`${acme.fingerprint ?? "No certificate of the CA yet"}\n`));

server.start();
trace(`Serving https://localhost:${server.port}/ for ${name}\n`);
