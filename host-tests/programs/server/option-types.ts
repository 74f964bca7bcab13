// Options of the wrong type, each of which would leave a connection less secure than it says. Prints what came of them.

import Resource from "Resource";
import TCP from "embedded:io/socket/tcp";
import TLSCertStore from "tls/cert-store";
import TLSContext, { type TLSContextOptions } from "tls/context";
import TLSListener from "tls/listener";
import { PreSharedKeys } from "tls/psk";
import TLSResumption from "tls/resumption";
import TLSSocket from "tls/socket";
import TLS from "tls/tls";

const identity = { cert: new Resource("p256.pem"), key: new Resource("p256.key.pem") };

function tell(name: string, make: () => unknown): void {
	try {
		make();
		trace(`${name}: accepted\n`);
	} catch (error) {
		const { name: kind, message } = error as Error;
		trace(`${name}: ${kind}${message.includes("xs_") ? " that names a function of C" : ""}\n`);
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
	psk: [null, { identity: 5, key: "00" }, { identity: "a\0b", key: "00" }, { identity: "a\ud800", key: "00" }],
	resumption: [null, 0, true, "no", "false", { tickets: "false" }, { tickets: {} }, { cacheSize: "8" }],
	cert: [null, 5, {}, true],
	key: [null, 5, {}, true],
	ca: [null, 5, {}, [5]],
	caBundle: [null, 5, {}, "bundle"],
	pskIdentityHint: [null, 5, "", "a\0b", "\udc00", "a".repeat(129)]
};
const wrongProtocols = [5, null, "", "a\0b", "\ud800", "é".repeat(128)];
for (const [option, values] of Object.entries(wrong)) {
	for (const value of values) {
		const options = { ...identity, [option]: value } as TLSContextOptions;
		tell(`${option} ${JSON.stringify(value)}`, () => new TLSContext(options));
	}
}

for (const name of wrongProtocols) {
	const options = { ...identity, ALPNProtocols: [name] } as TLSContextOptions;
	tell(`protocol ${JSON.stringify(name)?.slice(0, 12)}`, () => new TLSContext(options));
}
for (const option of ["select", "onReadable", "onError"]) {
	for (const value of [null, 5, {}, "f"]) {
		tell(`listener's ${option} ${value}`, () =>
			new TLSListener({ port: 0, secure: identity, [option]: value }).close()
		);
	}
}
for (const key of [null, 5, {}, [1]]) tell(`key ${key}`, () => new PreSharedKeys().add("alice", key as never));
for (const name of [null, 5, {}, "", "a\0b", "\ud800"]) {
	tell(`identity ${JSON.stringify(name)}`, () => new PreSharedKeys().add(name as never, "00"));
}
for (const keys of [null, 5, "00", {}]) {
	tell(`ticket keys ${keys}`, () => new TLSResumption().importTicketKeys(keys as never));
}
for (const usage of [null, "", "toString", 1])
	tell(`usage ${usage}`, () => new TLSCertStore({ usage: usage as never }));
for (const socket of [undefined, null, 5, {}, "socket"]) {
	tell(`accept ${socket}`, () => new TLS(new TLSContext(identity)).accept(socket as never));
	tell(`connect ${socket}`, () => new TLS(new TLSContext(identity)).connect(socket as never));
}

const client = { address: "127.0.0.1", port: "1", TCP: { io: TCP as never }, secure: {} };
for (const port of [-1, 1.5, Number.NaN, 65_536, "65536", "-1", "", "https", " 1", null, {}]) {
	tell(`port ${JSON.stringify(port)}`, () => new TLSListener({ port: port as number, secure: identity }));
	tell(`client's port ${JSON.stringify(port)}`, () => new TLSSocket({ ...client, port: port as number }).close());
}
const tellMessage = (name: string, make: () => unknown): void => {
	try {
		make();
		trace(`names ${name}: accepted\n`);
	} catch (error) {
		trace(`names ${name}: ${error}\n`);
	}
};
for (const name of ["certificate", "Cert", "verify", "rejectUnauthorised", "toString"])
	tellMessage(name, () => new TLSContext({ ...identity, [name]: true }));
tellMessage("maxConections", () => new TLSListener({ port: 0, secure: identity, maxConections: 3 } as never));
tellMessage("cachesize", () => new TLSContext({ ...identity, resumption: { cachesize: 3 } as never }));
tellMessage("undefined", () => new TLSContext({ ...identity, verify: undefined } as never));
tellMessage("Timeout", () => new TLSSocket({ ...client, Timeout: 3 } as never).close());
for (const names of ["http/1.1", ["http/1.1"]])
	tellMessage("ALPN", () => new TLSContext({ ...identity, applicationLayerProtocolNegotiation: names }));
tell("client's port 0", () => new TLSSocket({ ...client, port: "0" }).close());
tell("digits of a port", () => new TLSListener({ port: "0", secure: identity }).close());
for (const servername of ["a".repeat(256), "é".repeat(128), "local\0host", null, 5]) {
	tell(`servername ${JSON.stringify(servername)?.slice(0, 12)}`, () => {
		new TLSSocket({ ...client, servername: servername as string }).close();
	});
}
for (const session of [42, "session", {}, [], true]) {
	tell(`session ${JSON.stringify(session)}`, () => new TLSSocket({ ...client, session: session as never }).close());
}
for (const session of [null, undefined, new Uint16Array(2)]) {
	tell(`no session ${session}`, () => new TLSSocket({ ...client, session: session as never }).close());
}
tell("key of a Uint16Array", () => new PreSharedKeys().add("alice", new Uint16Array(8)));
tell("identity in a Uint32Array", () => new PreSharedKeys().add(new Uint32Array(2), "00".repeat(16)));
for (const length of [15, 16]) {
	tell(`key of ${length} bytes`, () => new PreSharedKeys().add("alice", "0c".repeat(length)));
	tell(`client's key of ${length} bytes`, () => {
		new TLSContext({ psk: { identity: "alice", key: new Uint8Array(length) } });
	});
}
tell("key of 15 bytes, allowed", () => new PreSharedKeys({ allowShortKeys: true }).add("alice", new Uint8Array(15)));
tell("allowed by a number", () => new PreSharedKeys({ allowShortKeys: 1 as never }));
tell("allowed by another name", () => new PreSharedKeys({ allowShortKey: true } as never));
tell("servername of 255 bytes", () => new TLSSocket({ ...client, servername: "a".repeat(255) }).close());
const sizes = [{}, { receiveSize: 1024, transmitSize: 600 }].map(size => new TLSContext({ ...identity, ...size }));
trace(`E5 sizes: ${sizes.map(({ receiveSize, transmitSize }) => `${receiveSize} ${transmitSize}`)}\n`);
trace("end\n");
