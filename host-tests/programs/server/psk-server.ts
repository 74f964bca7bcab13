// A server for the interop tests of pre-shared keys: one listener with keys alone, one with a certificate besides.

import Resource from "Resource";
import Server from "httpsd/server";
import type { TLSContextOptions } from "tls/context";
import TLSContext from "tls/context";
import TLSListener from "tls/listener";
import { supportedNames } from "tls/policy";
import { PreSharedKeys } from "tls/psk";

const psks = new PreSharedKeys({ allowShortKeys: true });
psks.add("alice", "00112233445566778899aabbccddeeff");
psks.add("bob", new Uint8Array(32).fill(0xb0));
psks.add("carol", "0c");

function start(label: string, options: TLSContextOptions): Server {
	const server = new Server({
		io: TLSListener,
		port: 0,
		address: "127.0.0.1",
		secure: new TLSContext({ psks, ciphers: supportedNames("ciphers"), ...options }),
		onError: (error: Error & { code?: string }) => trace(`${label} refused ${error.code}: ${error.message}\n`)
	});
	server.get("/", (request, response) => response.json({ tls: request.tls }));
	server.post("/add/:identity/:key", (request, response) => {
		psks.add(request.params.identity ?? "", request.params.key ?? "");
		response.json({ size: psks.size });
	});
	server.post("/revoke/:identity", (request, response) => {
		response.json({ revoked: psks.revoke(request.params.identity ?? ""), size: psks.size });
	});
	server.start();
	trace(`${label} on ${server.port}\n`);
	return server;
}

const servers = [
	start("alone", {}),
	start("beside", { cert: new Resource("p256.pem"), key: new Resource("p256.key.pem") }),
	start("hinting", { pskIdentityHint: "a name, or b" })
];
trace("listening on all\n");

export async function stop(): Promise<void> {
	for (const server of servers) await server.stop();
}
