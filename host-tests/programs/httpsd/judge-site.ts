// What public tools are driven against: one server, over TLS and plain, with any of the limits. It prints its ports.

import Resource from "Resource";
import { gc, memory } from "desk";
import { memoryFiles, resourceFiles } from "httpsd/file-stores";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";
import { measureHeap } from "tls/heap";

const { identity = "server", ...limits } = config as { identity?: string };
const server = new HTTPSServer({
	secure: { cert: new Resource(`${identity}.pem`), key: new Resource(`${identity}.key.pem`) },
	address: "127.0.0.1",
	port: 0,
	plainPort: 0,
	plain: "serve",
	...limits
});

server.get("/", (_request, response) => response.send("hello"));
server.get("/bytes/:count", (request, response) => response.send(new ArrayBuffer(Number(request.params.count))));
server.post("/upload", async (request, response) => {
	let bytes = 0;
	for await (const piece of request.body) bytes += piece.byteLength;
	response.json({ bytes });
});
server.get("/request", ({ target, version, headers }, response) =>
	response.json({ target, version, headers: [...headers] })
);
server.get("/pieces", async (_request, response) => {
	for (const piece of ["one", "two"]) await response.write(piece);
	response.end();
});
server.post("/echo", async (request, response) => response.send(await request.bytes()));
server.files("/files/", memoryFiles({ "text.txt": "0123456789".repeat(1000) }));
server.files("/assets/", resourceFiles("asset/"));
server.websocket("/ws", { message: (socket, data) => void socket.send(data) });
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
