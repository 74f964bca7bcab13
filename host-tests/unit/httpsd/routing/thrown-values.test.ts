// Whatever is thrown is an `error` event with an Error, also what no text can be made of, and ends no more than a response.

import { describe, expect, test } from "@jest/globals";
import { settle } from "../fake-socket";
import { ask, connect, parse, serve } from "../harness";
import { openSocket } from "../websocket/ws-client";
import { closeCodeIn, frame } from "../websocket/ws-frames";

const untellable = new Error("cannot be told");
const fails = () => {
	throw untellable;
};
const values: Record<string, unknown> = {
	"an object without toString": Object.create(null),
	"a toString that throws": { toString: fails },
	"JSON with a toString": JSON.parse('{"toString":0,"valueOf":0}'),
	"a symbol": Symbol("thrown"),
	"a proxy that throws": new Proxy({}, { get: fails, getPrototypeOf: fails }),
	undefined: undefined
};

function start() {
	const server = serve();
	const errors: unknown[] = [];
	server.on("error", ({ error }) => errors.push(error));
	return { server, errors };
}

describe.each(Object.keys(values))("thrown: %s", name => {
	const value = values[name];
	const raise = () => {
		throw value;
	};

	test("a handler, a filter and an error page that throw or reject are 500 and an error event each", async () => {
		const { server, errors } = start();
		server.get("/throw", raise);
		server.get("/reject", async () => raise());
		server.use("/filter", async () => raise());
		server.get("/page", () => {
			throw new Error("for its page");
		});
		for (const path of ["/throw", "/reject", "/filter"])
			expect(parse(await ask(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)).status).toBe(500);
		expect(errors).toEqual([expect.any(Error), expect.any(Error), expect.any(Error)]);
		server.onStatus(500, raise);
		expect(parse(await ask("GET /page HTTP/1.1\r\nHost: a\r\n\r\n")).status).toBe(500);
		expect(errors).toHaveLength(5);
		expect(parse(await ask("GET /none HTTP/1.1\r\nHost: a\r\n\r\n")).status).toBe(404);
	});

	test("a listener of a WebSocket: close code 1011", async () => {
		const { server, errors } = start();
		server.websocket("/ws", { message: async () => raise() });
		const client = await openSocket();
		client.send(frame(1, "a"));
		await settle();
		expect(closeCodeIn(client.take())).toBe(1011);
		expect(errors).toEqual([expect.any(Error)]);
	});

	test("an event stream, a protocol of one's own and a listener of the server", async () => {
		const { server, errors } = start();
		server.events("/events", async () => raise(), { close: raise });
		server.get("/own", (_, response) => {
			response.upgrade("own")?.attach({ process: raise, stop() {}, closed() {} });
		});
		server.on("connected", raise);
		await ask("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
		const client = await connect();
		client.send("GET /own HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: own\r\n\r\n");
		await settle();
		expect(client.closed).toBe(true);
		expect(errors.length).toBeGreaterThan(2);
		for (const error of errors) expect(() => `${error}`).not.toThrow();
	});
});
