// Z12: whatever clients do in which order, and however a connection ends, what it held is given back.
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import type Server from "httpsd/server";
import "../fuzz";
import { type FakeClient, FakeListener, settle } from "../fake-socket";
import { serve } from "../harness";
import { opening } from "../websocket/ws-client";
import { frame } from "../websocket/ws-frames";

const places = 3;
/** What is not refused: what has been read and waits, a piece of a WebSocket, small writes. */
const forced = places * (4096 + 4096 + 1536 + 1024);

function makeServer(): Server {
	const server = serve({ memory: 30_000, maxConnections: places, maxKeptHead: 300, maxBacklog: 2000, stopTimeout: 50 });
	for (const [path, read] of [
		["/text", "text"],
		["/bytes", "bytes"],
		["/form", "form"]
	] as const)
		server.post(path, async (request, response) => response.send(String(await request[read]())));
	server.post("/json", async (request, response) => response.json(await request.json(["a"])));
	server.post("/parts", async (request, response) => {
		for await (const part of request.parts()) await part.text();
		response.send("x".repeat(5000));
	});
	server.get("/long", (_, response) => response.send("ä".repeat(3000)));
	server.get("/never", () => new Promise(() => {}));
	server.get("/pieces", async (_, response) => {
		for (let count = 0; count < 20 && !response.gone; count++) await response.write("x".repeat(700));
		response.end();
	});
	server.events("/events", stream => void stream.send("x".repeat(1500)));
	server.websocket("/ws", { message: (socket, data) => void socket.send(data) });
	server.websocket("/slow", { message: () => new Promise(() => {}) });
	return server;
}

const form = "Content-Type: application/x-www-form-urlencoded\r\n";
const multipart = "Content-Type: multipart/form-data; boundary=b\r\n";
const head = (line: string, fields = "") => `${line} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`;
const sized = (path: string, fields: string, body: string) =>
	head(`POST ${path}`, `${fields}Content-Length: ${body.length}\r\n`) + body;
const chunks = (path: string, body: string) =>
	`${head(`POST ${path}`, "Transfer-Encoding: chunked\r\n")}${(body.length || 1).toString(16)}\r\n${body || "x"}\r\n0\r\n\r\n`;

const size = fc.integer({ min: 0, max: 5000 });
const request = fc.oneof(
	fc.constantFrom("/long", "/never", "/pieces", "/events").map(path => head(`GET ${path}`)),
	size.map(bytes => head("GET /long", `X: ${"x".repeat(bytes)}\r\n`)),
	fc.tuple(fc.constantFrom("/text", "/bytes"), size).map(([path, bytes]) => sized(path, "", "x".repeat(bytes))),
	fc.tuple(fc.constantFrom("/text", "/bytes"), size).map(([path, bytes]) => chunks(path, "x".repeat(bytes))),
	size.map(bytes => sized("/json", "", `[${"{},".repeat(bytes / 20)}0]`)),
	size.map(bytes => sized("/form", form, "a=b&".repeat(bytes / 30))),
	size.map(bytes =>
		sized("/parts", multipart, `--b\r\nContent-Disposition: form-data; name=a\r\n\r\n${"x".repeat(bytes)}\r\n--b--\r\n`)
	),
	fc.constantFrom("/ws", "/slow").map(path => opening({}, `GET ${path} HTTP/1.1`)),
	fc
		.tuple(size, fc.boolean(), fc.constantFrom(0, 1, 2))
		.map(([bytes, fin, opcode]) => frame(opcode, "x".repeat(bytes), { fin }).toString("latin1")),
	fc.constantFrom("\r\n", "GET", "\0\0", "POST /text HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\n\r\nabc")
);

type Step = (clients: FakeClient[], server: Server) => unknown;
const client = fc.nat(places - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 12,
		arbitrary: fc.tuple(client, request).map(
			([at, text]) =>
				(all: FakeClient[]) =>
					all[at]?.send(text)
		)
	},
	fc.tuple(client, request, size).map(
		([at, text, cut]) =>
			(all: FakeClient[]) =>
				all[at]?.send(text.slice(0, cut))
	),
	client.map(at => (all: FakeClient[]) => all[at]?.leave()),
	fc.tuple(client, size).map(
		([at, room]) =>
			(all: FakeClient[]) =>
				all[at]?.closed || all[at]?.accept(room)
	),
	client.map(at => (all: FakeClient[]) => {
		if (all[at] !== undefined) all[at].broken = true;
	}),
	fc.integer({ min: 1, max: 70_000 }).map(ms => () => jest.advanceTimersByTime(ms)),
	client.map(at => (all: FakeClient[]) => {
		all[at] = FakeListener.last.connect();
		all[at].room = 1000;
	}),
	{ weight: 1, arbitrary: fc.constant((_: FakeClient[], server: Server) => void server.stop()) }
);

describe("Z12 memory is given back", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("whatever came before, a server without connections holds nothing", async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 25 }), async steps => {
				const server = makeServer();
				const clients = Array.from({ length: places }, () => FakeListener.last.connect());
				for (const each of clients) each.room = 1000;
				for (const each of steps) {
					each(clients, server);
					await settle();
					expect(server.memory.used).toBeGreaterThanOrEqual(0);
					expect(server.memory.used).toBeLessThanOrEqual(30_000 + forced);
				}
				// A place that is free is taken by who waits.
				for (let [peer] = server.peers; peer !== undefined; [peer] = server.peers) {
					peer.destroy();
					await settle();
				}
				// Handlers that never end count for `responseTimeout`.
				await jest.advanceTimersByTimeAsync(61_000);
				expect([server.peers.length, server.memory.used]).toEqual([0, 0]);
			})
		);
	});
});
