// A server for the interop tests that chooses its identity by the ClientHello and changes it while it runs.

import Resource from "Resource";
import Server from "httpsd/server";
import config from "mc/config";
import Timer from "timer";
import type { ClientHello } from "tls/client-hello";
import TLSContext from "tls/context";
import TLSListener from "tls/listener";

function makeContext(name: string): TLSContext {
	return new TLSContext({
		cert: new Resource(`${name}.pem`),
		key: new Resource(`${name}.key.pem`),
		ALPNProtocols: ["http/1.1", "mqtt"]
	});
}

const contexts: Record<string, TLSContext> = {
	"rsa.test": makeContext("rsa2048"),
	mqtt: makeContext("p384")
};

function choose({ servername, ALPNProtocols }: ClientHello): TLSContext | undefined {
	if (servername === "unknown.test") throw new RangeError("No such name");
	return contexts[servername ?? ""] ?? contexts[ALPNProtocols[0] ?? ""];
}

function later(hello: ClientHello): Promise<TLSContext | undefined> {
	return new Promise(resolve => Timer.set(() => resolve(undefined), Number(config.delay))).then(() => choose(hello));
}

let listener: TLSListener | undefined;
const server = new Server({
	io: class extends TLSListener {
		constructor(options: ConstructorParameters<typeof TLSListener>[0]) {
			super(options);
			listener = this;
		}
	},
	port: 0,
	address: "127.0.0.1",
	secure: makeContext("p256"),
	handshakeTimeout: Number(config.handshakeTimeout ?? 10_000),
	select(hello: ClientHello) {
		trace(`hello ${JSON.stringify(hello)}\n`);
		return config.delay === undefined ? choose(hello) : later(hello);
	},
	onError: (error: Error & { code?: string }) => trace(`refused ${error.code}: ${error.message} (${error.cause})\n`)
});

server.get("/", (request, response) => response.json({ tls: request.tls }));
/** Rows E3 and Z4: from now on another identity. */
server.post("/identity/:name", (request, response) => {
	if (listener !== undefined) listener.context = makeContext(request.params.name ?? "");
	response.send("changed");
});
server.start();
trace(`listening on ${server.port}\n`);

export function stop(): Promise<void> {
	return server.stop();
}
