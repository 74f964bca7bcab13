// What `make bench` measures: the whole HTTP server over TLS, answering what c-server.c answers.

import Resource from "Resource";
import { gc, memory } from "desk";
import Server from "httpsd/server";
import config from "mc/config";
import TLSContext from "tls/context";
import { measureHeap } from "tls/heap";
import TLSListener from "tls/listener";

const name = String(config.identity);
const server = new Server({
	io: TLSListener,
	port: 0,
	address: "127.0.0.1",
	secure: new TLSContext({ cert: new Resource(`${name}.pem`), key: new Resource(`${name}.key.pem`) }),
	maxConnections: Number(config.maxConnections ?? 256),
	maxBody: 100_000_000
});
const file = new ArrayBuffer(30_000);

server.get("/", (_request, response) => response.send("hello"));
server.get("/bytes/:count", (request, response) => {
	const count = Number(request.params.count);
	response.send(count === file.byteLength ? file : new ArrayBuffer(count));
});
server.get("/item/:id", (_request, response) => response.send("hello"));
server.websocket("/echo", { message: (socket, data) => socket.send(data) });
server.post("/upload", async (request, response) => {
	for await (const _chunk of request.body) {
	}
	response.send("stored");
});
server.get("/memory", (_request, response) => {
	gc();
	response.json({ ...memory(), tls: measureHeap().used });
});
server.start();
trace(`listening on ${server.port}\n`);
