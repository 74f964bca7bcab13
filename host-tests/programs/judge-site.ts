// What `make judges` drives public tools against: one server, over TLS and plain. It prints both of its ports.

import Resource from "Resource";
import { gc, memory } from "desk";
import { memoryFiles } from "httpsd/file-stores";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";
import { measureHeap } from "tls/heap";

const server = new HTTPSServer({
	secure: { cert: new Resource("server.pem"), key: new Resource("server.key.pem") },
	address: "127.0.0.1",
	port: 0,
	plainPort: 0,
	plain: "serve",
	...(config as Record<string, number>)
});

server.get("/", (_request, response) => response.send("hello"));
server.get("/bytes/:count", (request, response) => response.send(new ArrayBuffer(Number(request.params.count))));
server.post("/upload", async (request, response) => {
	let bytes = 0;
	for await (const piece of request.body) bytes += piece.byteLength;
	response.json({ bytes });
});
server.files("/files/", memoryFiles({ "text.txt": "0123456789".repeat(1000) }));
server.websocket("/echo", { message: (socket, data) => void socket.send(data) });
server.get("/memory", (_request, response) => {
	gc();
	response.json({ ...memory(), tls: measureHeap().used, peers: server.peers.length });
});
server.on("error", ({ error }) => trace(`error ${error}\n`));
server.start();
trace(`ports ${server.port} ${server.plainPort}\n`);

export function stop(): Promise<void> {
	return server.stop();
}
