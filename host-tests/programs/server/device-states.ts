// A site whose connections can be held in each state, for what one costs: asked by host-tests/desk/device-states.mjs.

import Resource from "Resource";
import { census, gc, memory } from "desk";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";

const server = new HTTPSServer({
	port: 0,
	maxConnections: Number(config.places),
	maxLongLived: Number(config.places),
	memory: 30_000,
	secure: { cert: new Resource("server.pem"), key: new Resource("server.key.pem"), ALPNProtocols: ["http/1.1"] }
});
/** Handlers go on until a client leaves: those of clients that have left would take the places of others. */
const waiting: (() => void)[] = [];
const never = () => new Promise<void>(done => waiting.push(done));
server.on("disconnected", () => {
	for (const end of waiting.splice(0)) end();
});
server.get("/", (_, response) => response.send("hello"));
server.get("/never", never);
server.post("/unread", never);
server.post("/text", async (request, response) => response.send(await request.text()));
server.post("/json", async (request, response) => response.json(await request.json(["a"])));
server.post("/form", async (request, response) => response.send(`${(await request.form()).size}`));
server.post("/stream", async request => {
	for await (const _ of request.body);
});
server.post("/fields", async request => {
	for await (const _ of request.fields());
});
server.post("/parts", async request => {
	for await (const part of request.parts()) await part.text();
});
server.events("/events", stream => void stream.send("x"));
server.websocket("/ws", { message: (socket, data) => void socket.send(data) });
server.get("/figures", (_, response) => {
	gc();
	const { slots, chunks, allocated } = memory();
	response.json([slots, chunks, allocated, server.memory.used]);
});
server.get("/census", (_, response) => response.send(JSON.stringify(census())));
server.start();
trace(`Serving https://localhost:${server.port}\n`);

export function stop(): Promise<void> {
	return server.stop();
}
