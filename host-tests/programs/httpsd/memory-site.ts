// A site on which clients can make all grow that they can anywhere, for the tests of `memory` on the device-sized desk.

import Resource from "Resource";
import { memory } from "desk";
import type EventStream from "httpsd/event-stream";
import HTTPSServer from "httpsd/https-server";
import { parseJson } from "httpsd/json";
import config from "mc/config";
import { stopUncharged, tellFigures } from "./figures";

/** Limits that a test sets, by their names. */
const given = Object.fromEntries(
	["memory", "maxConnections", "memoryTimeout", "aheadTimeout", "maxFragments"].flatMap(name =>
		config[name] === undefined ? [] : [[name, Number(config[name])]]
	)
);
export const server: HTTPSServer = new HTTPSServer({
	port: 0,
	...given,
	// For clients that leave what they have asked for: TCP tells so only behind what is not read.
	...(config.isImpatient === true ? { writeTimeout: 2000, busyBodyTimeout: 1000 } : {}),
	secure: { cert: new Resource("server.pem"), key: new Resource("server.key.pem") }
});
server.get("/", (_, response) => response.send("good"));
server.post("/text", async (request, response) => response.send(`${(await request.text()).length}`));
server.post("/bytes", async (request, response) => response.send(`${(await request.bytes()).byteLength}`));
server.post("/json", async (request, response) => response.json(typeof (await request.json(["a"]))));
server.post("/form", async (request, response) => response.send(`${(await request.form()).size}`));
server.post("/fields", async (request, response) => {
	let count = 0;
	for await (const _ of request.fields()) count++;
	response.send(`${count}`);
});
server.post("/parts", async (request, response) => {
	let length = 0;
	for await (const part of request.parts()) length += (await part.bytes()).byteLength;
	response.send(`${length}`);
});
server.post("/stream", async (request, response) => {
	let length = 0;
	for await (const piece of request.body) length += piece.byteLength;
	response.send(`${length}`);
});
server.get("/query", (request, response) => response.send(`${request.query.size} ${request.cookies.size}`));
const line = "0123456789abcdef".repeat(64);
server.get("/pieces/:count", async (request, response) => {
	for (let count = Number(request.params.count); count > 0 && !response.gone; count--) await response.write(line);
	response.end();
});
// The application's own text, of which it must know that it has room for it.
const long = line.repeat(config.kilobytes === undefined ? 2 : Number(config.kilobytes));
server.get("/long", (_, response) => response.send(long));
server.content("/page", "text/plain", long);
// What it makes for each request alone.
let made = 0;
server.get("/made/:kilobytes", (request, response) => {
	response.send(`${line.repeat(Number(request.params.kilobytes))}${++made}`);
});
const chat = server.websocket("/ws", {
	message: (socket, data) => void socket.send(data)
});
server.websocket("/json", {
	message: (socket, data) => socket.send(typeof parseJson(data, ["a"]))
});
server.websocket("/slow", { message: () => new Promise<void>(() => {}) });
server.post("/broadcast", (_, response) => response.send(`${chat.broadcast(line)}`));
const streams = new Set<EventStream>();
server.events("/events", stream => void streams.add(stream), { close: stream => void streams.delete(stream) });
server.post("/event", (_, response) => {
	for (const stream of streams) stream.send(line);
	response.send(`${streams.size}`);
});
server.get("/memory", (_, response) => {
	const device = memory().device;
	response.json({
		...server.memory,
		places: server.peers.length,
		lowest: device?.block.lowestFree,
		stack: device?.stack.deepest
	});
});
tellFigures(server);
server.on("error", ({ error }) => trace(`error ${String(error)}\n`));
server.start();
trace(`listening on ${server.port}\n`);
trace(`at rest ${JSON.stringify(memory().device)}\n`);

export const stop = (): Promise<void> => stopUncharged(server);
