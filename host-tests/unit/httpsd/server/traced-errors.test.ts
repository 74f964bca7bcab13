// An error that nobody listens for is traced, unless a peer has caused it.

import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { settle } from "../fake-socket";
import { ask, parse, serve } from "../harness";
import { openSocket } from "../websocket/ws-client";
import { frame } from "../websocket/ws-frames";

const console = globalThis as unknown as { trace: (text: string) => void };
const { trace } = console;
const traced = jest.fn<typeof trace>();
// However long a test takes, no deadline of the server passes.
beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ["setImmediate", "queueMicrotask"] });
});
afterEach(() => {
	jest.useRealTimers();
	console.trace = trace;
	traced.mockClear();
});

function start() {
	console.trace = traced;
	return serve();
}

const raise = () => {
	throw new RangeError("Too bright");
};

test("a handler that throws or rejects is traced with its request", async () => {
	const server = start();
	server.put("/lamp", raise);
	server.get("/lamp", async () => raise());
	for (const method of ["PUT", "GET"]) {
		expect(parse(await ask(`${method} /lamp?level=9 HTTP/1.1\r\nHost: a\r\n\r\n`)).status).toBe(500);
		expect(traced).toHaveBeenLastCalledWith(`HTTP server: ${method} /lamp: RangeError: Too bright\n`);
	}
	expect(traced).toHaveBeenCalledTimes(2);
});

test("what a listener of an event, a WebSocket or an event stream throws is traced too, and what has no text", async () => {
	const server = start();
	server.on("connected", raise);
	server.websocket("/ws", { message: raise });
	server.events("/events", () => {}, { close: raise });
	server.get("/odd", () => {
		throw Object.assign(new Error(), { toString: raise });
	});
	const client = await openSocket();
	client.send(frame(1, "a"));
	await settle();
	expect(traced.mock.calls).toEqual(Array(2).fill(["HTTP server: RangeError: Too bright\n"]));
	await ask("GET /odd HTTP/1.1\r\nHost: a\r\n\r\n");
	expect(traced).toHaveBeenLastCalledWith("HTTP server: an error that has no text\n");
});

test("an error that a peer causes is not traced, nor one that has a listener", async () => {
	const server = start();
	const errors: unknown[] = [];
	await ask("GARBAGE\r\n\r\n");
	await ask("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");
	await ask("BREW /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");
	server.get("/long", (_, response) => response.longLived().write("x"));
	for (let each = 0; each < 7; each++) await ask("GET /long HTTP/1.1\r\nHost: a\r\n\r\n");
	for (const peer of server.peers) peer.destroy();
	server.websocket("/ws", {});
	const client = await openSocket();
	client.send(frame(3, "a")); // an opcode that is reserved
	await settle();
	server.on("error", ({ error }) => errors.push(error));
	server.get("/", raise);
	await ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
	expect(traced).not.toHaveBeenCalled();
	expect(errors).toEqual([expect.any(RangeError)]);
});
