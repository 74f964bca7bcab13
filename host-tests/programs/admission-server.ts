// A server for the interop tests of admission. What its heap has left is told over a second, plain listener.

import Resource from "Resource";
import Listener from "embedded:io/socket/listener";
import Server from "httpsd/server";
import config from "mc/config";
import TLSListener from "tls/listener";

let largestBlock: number | undefined;

const server = new Server({
	io: TLSListener,
	port: 0,
	address: "127.0.0.1",
	secure: { cert: new Resource("p256.pem"), key: new Resource("p256.key.pem") },
	maxHandshakes: Number(config.maxHandshakes ?? 4),
	handshakeTimeout: Number(config.handshakeTimeout ?? 10_000),
	silenceTimeout: Number(config.silenceTimeout ?? 10_000),
	measureHeap: () => ({ largestBlock }),
	onError: (error: Error & { code?: string }) => trace(`refused ${error.code}\n`)
});
server.get("/", (_request, response) => response.send("served"));
server.start();

const control = new Server({ io: Listener as never, port: 0, address: "127.0.0.1" });
control.post("/block/:size", (request, response) => {
	largestBlock = Number(request.params.size);
	response.send("set");
});
control.start();
trace(`served on ${server.port}\ncontrol on ${control.port}\n`);

export async function stop(): Promise<void> {
	await server.stop();
	await control.stop();
}
