// Handlers that wait for something that is no client's: a device's sensor, another server, a pause. Their clients may leave meanwhile.

import Resource from "Resource";
import HTTPSServer from "httpsd/https-server";
import Timer from "timer";
import { serveWithFigures, stopUncharged } from "./figures";

const server = new HTTPSServer({
	port: 0,
	secure: { cert: new Resource("server.pem"), key: new Resource("server.key.pem") },
	select: () => pause(100).then(() => undefined)
});
const pause = (milliseconds: number) => new Promise<void>(resolve => void Timer.set(() => resolve(), milliseconds));
/** Milliseconds. */
const long = 3000;

server.get("/", (_, response) => response.send("good"));
server.get("/wait", async (request, response) => {
	await pause(long);
	if (!response.gone) response.send(request.path);
});
server.get("/later", (request, response) => void Timer.set(() => response.send(request.path), long));
server.get("/query", async ({ query, search }, response) => {
	await pause(1000);
	response.send(`${query.size} ${search.length}`);
});
server.post("/text", async (request, response) => {
	const text = await request.text();
	await pause(long);
	response.send(`${text.length}`);
});
server.post("/parts", async (request, response) => {
	let count = 0;
	for await (const part of request.parts()) if (part.name !== "" && count++ === 0) await pause(long);
	response.send(`${count}`);
});
server.get("/after", async (request, response) => {
	response.send("good");
	await pause(long);
	trace(request.path.slice(0, 0));
});
server.events("/events", () => {}, { close: () => pause(long) });
server.websocket("/pinged", { ping: () => pause(long) });
server.websocket("/ws", {
	message: async (socket, data) => {
		await pause(long);
		socket.send(data);
	}
});
serveWithFigures(server);

export const stop = (): Promise<void> => stopUncharged(server);
