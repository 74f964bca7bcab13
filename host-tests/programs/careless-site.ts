// A site whose handlers reject after they returned, for the interop tests of modules/httpsd: none of that may end XS.

import Listener from "embedded:io/socket/listener";
import Server from "httpsd/server";
import config from "mc/config";

const { port, ...limits } = config as { port?: number };
const server = new Server({ io: Listener, port: port ?? 0, ...limits });

server.get("/", (_, response) => response.send("alive"));
server.handle("*", "/rest/*", (request, response) => response.json((request.params["*"] ?? "").split("/").length));
server.get("/cookies", (request, response) => response.json(request.cookies.size));
server.get("/query", (request, response) => response.json(request.query.size));
server.post("/text", async (request, response) => response.json((await request.text()).length));
server.post("/part", async (request, response) => {
	for await (const part of request.parts()) response.json((await part.bytes()).byteLength);
});
server.post("/pairs", async (request, response) => {
	let length = 0;
	for await (const [name, value] of request.fields()) length += name.length + value.length;
	response.json(length);
});
server.post("/json", async (request, response) => response.json(await request.json()));
server.on("error", ({ error }) => trace(`error ${error}\n`));
server.on("start", event => trace(`port ${event.port}\n`));
server.start();

export function stop(): Promise<void> {
	return server.stop();
}
