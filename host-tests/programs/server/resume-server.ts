// A server for the interop tests of resumption: two listeners whose contexts share one store.

import Resource from "Resource";
import Server from "httpsd/server";
import config from "mc/config";
import TLSContext, { type TLSContextOptions } from "tls/context";
import TLSListener from "tls/listener";
import TLSResumption from "tls/resumption";

const toHex = (bytes: ArrayBuffer): string =>
	Array.from(new Uint8Array(bytes), byte => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (text: string): ArrayBuffer =>
	Uint8Array.from((text.match(/../g) ?? []).map(pair => Number.parseInt(pair, 16))).buffer;

const resumption = new TLSResumption({
	cacheSize: Number(config.cacheSize ?? 4),
	lifetime: Number(config.lifetime ?? 3600),
	tickets: config.tickets !== 0
});
if (config.keys !== undefined) resumption.importTicketKeys(fromHex(String(config.keys)));

function makeContext(name: string, more: Partial<TLSContextOptions> = {}): TLSContext {
	return new TLSContext({
		cert: new Resource(`${name}.pem`),
		key: new Resource(`${name}.key.pem`),
		ca: new Resource("ca.pem"),
		resumption,
		...more
	});
}

function start(label: string, secure: TLSContext): Server {
	const server = new Server({ io: TLSListener, port: 0, address: "127.0.0.1", secure });
	server.get("/", (request, response) => response.json({ tls: request.tls }));
	server.get("/store", (_request, response) => {
		const { cachedSessions, cachedBytes } = resumption;
		response.json({ cachedSessions, cachedBytes, entrySize: TLSResumption.entrySize });
	});
	server.get("/keys", (_request, response) => response.send(toHex(resumption.exportTicketKeys())));
	server.start();
	trace(`${label} on ${server.port}\n`);
	return server;
}

const servers = [
	start("first", makeContext("p256")),
	start("same", makeContext("p256")),
	start("other", makeContext("rsa2048")),
	start(
		"aes256",
		makeContext("p256", { ciphers: ["TLS_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"] })
	),
	start("never", makeContext("p256", { resumption: false })),
	start("asking", makeContext("p256", { requestCert: true, rejectUnauthorized: false }))
];
trace("listening on all\n");

export async function stop(): Promise<void> {
	for (const server of servers) await server.stop();
}
