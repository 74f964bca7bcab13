// What programs of the field are driven against (host-tests/interop/http-clients). It prints its ports.

import Resource from "Resource";
import { memoryFiles } from "httpsd/file-stores";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";

const server = new HTTPSServer({
	secure: { cert: new Resource("p256.pem"), key: new Resource("p256.key.pem") },
	address: "127.0.0.1",
	port: 0,
	plainPort: 0,
	trustedProxies: {
		addresses: ["127.0.0.1"],
		fields: ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"]
	},
	...(config as Record<string, number>)
});

server.content("/", "text/html;charset=utf-8", "<!doctype html><title>Site</title><p>Served by XS");
server.get("/peer", (request, response) => response.send(String(request.peer.id)));
server.get("/who", ({ address, scheme, host }, response) => response.json([address, scheme, host]));
server.get("/bytes/:count", (request, response) => response.send(new ArrayBuffer(Number(request.params.count))));
server.get("/request", ({ target, headers }, response) => response.json({ target, headers: [...headers] }));
server.get("/pieces", async (_request, response) => {
	for (const piece of ["one", "two"]) await response.write(piece);
	response.end();
});
server.post("/upload", async (request, response) => {
	let bytes = 0;
	for await (const piece of request.body) bytes += piece.byteLength;
	response.send(String(bytes));
});
server.post("/refused", (_request, response) => response.status(403).send("You may not"));
server.post("/form", async (request, response) => {
	const parts: string[] = [];
	for await (const part of request.parts()) parts.push(`${part.name} ${part.filename} ${await part.text()}`);
	response.send(parts.join(", "));
});
server.files("/files/", memoryFiles({ "text.txt": "0123456789".repeat(300_000) }, { modified: Date.UTC(2025, 0, 2) }));
server.websocket("/ws", { message: (socket, data) => void socket.send(data) });
server.on("error", ({ error }) => trace(`error ${error}\n`));
server.start();
trace(`ports ${server.port} ${server.plainPort}\n`);

export function stop(): Promise<void> {
	return server.stop();
}
