// A server for the interop tests: what it serves with comes from mc/config, what it answers shows what it saw.

import Resource from "Resource";
import { gc, memory } from "desk";
import Server from "httpsd/server";
import config from "mc/config";
import TLSContext, { type Credential, type TLSContextOptions, type TLSVersion } from "tls/context";
import { measureHeap } from "tls/heap";
import TLSListener from "tls/listener";
import { PreSharedKeys } from "tls/psk";

const list = (value: unknown): string[] => (value === undefined || value === "" ? [] : String(value).split(","));

/** A credential in the form that `config.form` names: a Resource, an ArrayBuffer or a string (row B3). */
function load(name: string): Credential {
	const resource = new Resource(name);
	if (config.form === "buffer") return resource.slice(0);
	if (config.form === "string") return String.fromArrayBuffer(resource.slice(0));
	return resource;
}

function makeContext(): TLSContext {
	const identities = list(config.identities ?? "server");
	const ending = config.ending ?? "pem";
	const options: TLSContextOptions = {
		cert: identities.map(name => load(`${name}.${ending}`)),
		key: identities.map(name => load(`${name}.key.${ending}`)),
		ALPNProtocols: list(config.alpn)
	};
	if (config.minVersion !== undefined) options.minVersion = config.minVersion as TLSVersion;
	if (config.maxVersion !== undefined) options.maxVersion = config.maxVersion as TLSVersion;
	if (config.receiveSize !== undefined) options.receiveSize = Number(config.receiveSize);
	if (config.transmitSize !== undefined) options.transmitSize = Number(config.transmitSize);
	if (config.ciphers !== undefined) options.ciphers = list(config.ciphers);
	if (config.groups !== undefined) options.groups = list(config.groups);
	if (config.signatureAlgorithms !== undefined) options.signatureAlgorithms = list(config.signatureAlgorithms);
	if (config.ca !== undefined) options.ca = load(String(config.ca));
	if (config.requestCert !== undefined) options.requestCert = Boolean(config.requestCert);
	if (config.psk !== undefined) {
		options.psks = new PreSharedKeys({ allowShortKeys: true });
		options.psks.add(String(config.psk), "0a");
	}
	return new TLSContext(options);
}

const server = new Server({
	io: TLSListener,
	port: 0,
	address: "127.0.0.1",
	secure: makeContext(),
	maxConnections: 64,
	...(config.handshakeTimeout === undefined ? {} : { handshakeTimeout: Number(config.handshakeTimeout) }),
	...(config.silenceTimeout === undefined ? {} : { silenceTimeout: Number(config.silenceTimeout) }),
	...(config.maxHandshakes === undefined ? {} : { maxHandshakes: Number(config.maxHandshakes) }),
	onError: (error: Error & { code?: string }) => trace(`refused ${error.code}: ${error.message}\n`)
});

server.get("/", (request, response) => response.json({ tls: request.tls }));
server.get("/bytes/:count", (request, response) => {
	response.send(new ArrayBuffer(Number(request.params.count)));
});
server.post("/echo", async (request, response) => {
	let length = 0;
	for await (const chunk of request.body) length += chunk.byteLength;
	response.json({ length });
});
// What tealdeer fetches: it asks twice.
server.get("/assets/tldr.zip", (request, response) => {
	trace(`away ${JSON.stringify(request.tls)}\n`);
	response.redirect("/assets/back.zip");
});
server.get("/assets/back.zip", (request, response) => {
	trace(`back ${JSON.stringify(request.tls)}\n`);
	response.json({});
});
server.get("/heap", (_request, response) => {
	gc();
	response.json({ tls: measureHeap().used, xs: memory() });
});
server.on("disconnected", ({ error }) => {
	if (error !== undefined) trace(`broken off ${(error as Error & { code?: string }).code}: ${error.message}\n`);
});
server.on("error", ({ error }) => trace(`error ${error}\n`));
server.start();
trace(`listening on ${server.port}\n`);

export function stop(): Promise<void> {
	return server.stop();
}
