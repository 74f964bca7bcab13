// Options of the wrong type, each of which would leave a connection less secure than it says. Prints what came of them.

import Resource from "Resource";
import TCP from "embedded:io/socket/tcp";
import TLSContext, { type TLSContextOptions } from "tls/context";
import TLSListener from "tls/listener";
import TLSSocket from "tls/socket";

const identity = { cert: new Resource("p256.pem"), key: new Resource("p256.key.pem") };

function tell(name: string, make: () => unknown): void {
	try {
		make();
		trace(`${name}: accepted\n`);
	} catch (error) {
		trace(`${name}: ${(error as Error).name}\n`);
	}
}

const wrong: Record<string, unknown[]> = {
	rejectUnauthorized: [null, 0, "", "false"],
	requestCert: [null, 0, "", "yes"],
	checkServerIdentity: [null, 0, "", () => undefined],
	ALPNProtocols: ["http/1.1", "", null],
	pinnedPublicKeys: ["", "a".repeat(64), null],
	ciphers: ["", "TLS_AES_128_GCM_SHA256", null],
	groups: ["", null],
	signatureAlgorithms: ["", null],
	validity: [null, "", "never"],
	minVersion: [null, "toString", "constructor", 0x0304],
	psks: [null, {}],
	psk: [null]
};
for (const [option, values] of Object.entries(wrong)) {
	for (const value of values) {
		const options = { ...identity, [option]: value } as TLSContextOptions;
		tell(`${option} ${JSON.stringify(value)}`, () => new TLSContext(options));
	}
}

for (const port of [-1, 1.5, Number.NaN, 65_536, "1"]) {
	tell(`port ${port}`, () => new TLSListener({ port: port as number, secure: identity }));
}

const client = { address: "127.0.0.1", port: 1, TCP: { io: TCP as never }, secure: {} };
for (const servername of ["a".repeat(256), "é".repeat(128), "local\0host", null, 5]) {
	tell(`servername ${JSON.stringify(servername)?.slice(0, 12)}`, () => {
		new TLSSocket({ ...client, servername: servername as string }).close();
	});
}
tell("servername of 255 bytes", () => new TLSSocket({ ...client, servername: "a".repeat(255) }).close());
trace("end\n");
