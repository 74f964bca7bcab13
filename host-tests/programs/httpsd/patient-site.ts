// Handlers that wait for something that is no client's: a device's sensor, another server, a pause. Their clients may leave meanwhile.

import Resource from "Resource";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";
import Timer from "timer";
import { serveWithFigures, stopUncharged } from "./figures";

const noDeadlines = {
	bodyTimeout: 600_000,
	busyBodyTimeout: 600_000,
	responseTimeout: 600_000,
	memoryTimeout: 600_000
};
const server = new HTTPSServer({
	port: 0,
	secure: { cert: new Resource("server.pem"), key: new Resource("server.key.pem") },
	...(config.isHeld === true ? noDeadlines : {}),
	select: ({ servername, ALPNProtocols, ciphers }) =>
		pause(servername?.length === 0 || ALPNProtocols.length + ciphers.length < 0 ? 0 : 100).then(() => undefined)
});
const pause = (milliseconds: number) => new Promise<void>(resolve => void Timer.set(() => resolve(), milliseconds));
/** Milliseconds. */
const long = 3000;
/** Lets those go that wait until a test has looked. */
let release = () => {};
const wait = () =>
	config.isHeld === true
		? new Promise<void>(resolve => {
				const others = release;
				release = () => {
					others();
					resolve();
				};
			})
		: pause(long);
if (config.isHeld === true)
	server.get("/release", (_, response) => {
		release();
		release = () => {};
		response.send("released");
	});

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
	await wait();
	response.send(`${text.length}`);
});
server.post("/parts", async (request, response) => {
	let count = 0;
	for await (const part of request.parts()) if (part.name !== "" && count++ === 0) await wait();
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
