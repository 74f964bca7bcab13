// What a siege asks of a server: paths by which clients can make all grow that they can anywhere.

import type EventStream from "httpsd/event-stream";
import { parseJson } from "httpsd/json";
import type Server from "httpsd/server";
import Timer from "timer";

const line = "0123456789abcdef".repeat(64);

function addContent(server: Server): void {
	server.post("/text", async (request, response) => response.send(`${(await request.text()).length}`));
	server.post("/json", async (request, response) => response.json(typeof (await request.json(["a"]))));
	server.post("/say", async (request, response) => {
		const { level } = Object(await request.json(["level"])) as { level?: unknown };
		response.send(`Level is ${level}`);
	});
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
}

function addPages(server: Server, long: string): void {
	server.get("/query", (request, response) => response.send(`${request.query.size} ${request.cookies.size}`));
	server.get("/pieces/:count", async (request, response) => {
		for (let count = Number(request.params.count); count > 0 && !response.gone; count--) await response.write(line);
		response.end();
	});
	server.get("/patient", async ({ query, search }, response) => {
		await new Promise<void>(resolve => void Timer.set(() => resolve(), 1000));
		response.send(`${query.size} ${search.length}`);
	});
	server.get("/long", (_, response) => response.send(long));
	server.content("/page", "text/plain", long);
	// What it makes for each request alone.
	let made = 0;
	server.get("/made/:kilobytes", (request, response) => {
		response.send(`${line.repeat(Number(request.params.kilobytes))}${++made}`);
	});
}

function addStreams(server: Server): void {
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
}

/** @param kilobytes of the application's own text, of which it must know that it has room for it */
export function addRoutes(server: Server, kilobytes: number): void {
	addContent(server);
	addPages(server, line.repeat(kilobytes));
	addStreams(server);
}
