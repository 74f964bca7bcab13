// What keeps memory flat, and connections in step, while a client sends and does not read, or the other way round.

import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type WebSocket from "httpsd/websocket";
import { settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";
import { openSocket } from "../websocket/ws-client";
import { frame } from "../websocket/ws-frames";

const get = (path = "/") => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
const post = (fields: string) => `POST /nowhere HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n`;

describe("backpressure over a fake listener", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("B5 the next request of a client that does not read its response waits until it has", async () => {
		const seen: string[] = [];
		serve().get("/:name", (request, response) => {
			seen.push(request.path);
			response.send("x");
		});
		const client = await connect();
		client.accept(0);
		client.send(get("/a") + get("/b"));
		client.send(get("/c"));
		expect(seen).toEqual(["/a"]);
		client.accept(1000);
		expect(seen).toEqual(["/a", "/b", "/c"]);
	});

	test("B5 content that nobody reads is thrown away up to maxDiscard; more ends the connection", async () => {
		for (const [n, closed] of [
			[100, false],
			[101, true]
		] as const) {
			serve({ maxDiscard: 100, lingerTimeout: 1000, bodyTimeout: 20_000 });
			const client = await connect();
			client.send(post(`Content-Length: ${n}`));
			client.send("x".repeat(n - 1));
			jest.advanceTimersByTime(1000);
			expect([n, client.closed]).toEqual([n, closed]);
		}
	});

	test("B5 100 Continue is not sent to a client that has not waited for it", async () => {
		serve().post("/", async (request, response) => response.send(await request.text()));
		const client = await connect();
		client.send(`${post("Content-Length: 3\r\nExpect: 100-continue").replace("/nowhere", "/")}abc`);
		await settle();
		expect(parse(client.take())).toMatchObject({ status: 200, body: "abc" });
	});

	test("Z2 a client that has taken all has the whole writeTimeout again for what comes next", async () => {
		serve({ writeTimeout: 500, minRate: 1_000_000 }).get("/", (_, response) => response.send("x"));
		const client = await connect();
		for (let round = 0; round < 3; round++) {
			client.accept(0);
			client.send(get());
			jest.advanceTimersByTime(400);
			client.accept(1000);
			expect([client.closed, parse(client.take()).body]).toEqual([false, "x"]);
		}
	});

	const openWith = async (limits: object) => {
		const sockets: WebSocket[] = [];
		const seen: unknown[] = [];
		serve({ highWater: 100, ...limits }).websocket("/ws", {
			open: socket => sockets.push(socket),
			message: (_, data) => void seen.push(data)
		});
		const client = await openSocket();
		return { client, socket: sockets[0] as WebSocket, seen };
	};

	test("Z8 WebSocket: nothing is read while more than highWater waits for the peer", async () => {
		const { client, socket, seen } = await openWith({});
		client.accept(0);
		socket.send("x".repeat(200));
		client.send(frame(1, "a"));
		expect(seen).toEqual([]);
		client.accept(1000);
		expect(seen).toEqual(["a"]);
	});

	test("Z8 WebSocket: a peer that was sent a Ping is not aborted for its silence while nothing of it is read", async () => {
		const { client, socket } = await openWith({ pingInterval: 1000, pongTimeout: 500, writeTimeout: 60_000 });
		jest.advanceTimersByTime(1000);
		client.accept(0);
		socket.send("x".repeat(200));
		client.send(frame(10));
		jest.advanceTimersByTime(1400);
		expect(client.closed).toBe(false);
		client.accept(1000);
		jest.advanceTimersByTime(999);
		expect(client.closed).toBe(false);
	});
});
