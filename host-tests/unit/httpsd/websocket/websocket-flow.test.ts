import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type Server from "httpsd/server";
import type WebSocket from "httpsd/websocket";
import { settle } from "../fake-socket";
import { serve } from "../harness";
import { openSocket } from "./ws-client";
import { closeCodeIn, closeFrame, frame, serverFrames } from "./ws-frames";

const limits = {
	highWater: 1000,
	maxBacklog: 3000,
	pingInterval: 1000,
	pongTimeout: 500,
	closeTimeout: 300,
	writeTimeout: 700
};

function start(options: Parameters<Server["websocket"]>[1] = {}, more: object = {}) {
	const server = serve({ ...limits, ...more });
	const sockets: WebSocket[] = [];
	const ends: number[] = [];
	const close = (_: WebSocket, code: number) => ends.push(code);
	const endpoint = server.websocket("/ws", { open: socket => sockets.push(socket), close, ...options });
	return { server, endpoint, sockets, ends };
}

describe("Z8 WebSocket: flow and deadlines", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("a silent peer is sent a Ping, and aborted when it stays silent", async () => {
		const { ends } = start();
		const client = await openSocket();
		jest.advanceTimersByTime(999);
		expect(client.take()).toBe("");
		jest.advanceTimersByTime(1);
		expect(serverFrames(client.take())).toEqual([{ opcode: 9, content: "" }]);
		client.send(frame(10));
		jest.advanceTimersByTime(999);
		expect([client.take(), client.closed]).toEqual(["", false]);
		jest.advanceTimersByTime(1);
		expect(serverFrames(client.take())).toHaveLength(1);
		jest.advanceTimersByTime(499);
		expect(client.closed).toBe(false);
		jest.advanceTimersByTime(1);
		expect([client.closed, ends]).toEqual([true, [1006]]);
	});

	test("a peer that does not answer our Close is aborted", async () => {
		const { sockets, ends } = start();
		const client = await openSocket();
		sockets[0]?.close();
		jest.advanceTimersByTime(299);
		client.send(frame(1, "still here"));
		expect(client.closed).toBe(false);
		jest.advanceTimersByTime(1);
		expect([client.closed, ends]).toEqual([true, [1006]]);
	});

	test("a peer that reads nothing is aborted, whatever it sends", async () => {
		const { sockets, ends } = start();
		const client = await openSocket();
		client.accept(0);
		sockets[0]?.send("x");
		jest.advanceTimersByTime(350);
		client.send(frame(1, "alive"));
		jest.advanceTimersByTime(350);
		expect([client.closed, ends]).toEqual([true, [1006]]);
	});

	test("backpressure: send returns false above highWater, writable is called when there is room, 1013 above maxBacklog", async () => {
		const writable: number[] = [];
		const { sockets, ends } = start({ writable: socket => writable.push(socket.bufferedAmount) });
		const client = await openSocket();
		client.accept(0);
		const [socket] = sockets as [WebSocket];
		expect([socket.send("x".repeat(900)), socket.send("x".repeat(900)), socket.bufferedAmount]).toEqual([
			true,
			false,
			1808
		]);
		client.accept(700);
		expect(writable).toEqual([]);
		client.accept(700);
		expect(writable).toEqual([408]);
		for (let count = 0; count < 3; count++) socket.send("x".repeat(900));
		expect([socket.bufferedAmount, socket.isOpen]).toEqual([3116 + 4, true]);
		expect([socket.send("one more"), ends]).toEqual([false, [1013]]);
		client.accept(10_000);
		expect(closeCodeIn(client.take())).toBe(1013);
	});

	test("no message is delivered while a promise of a handler is unresolved, or too much waits to be sent", async () => {
		const seen: unknown[] = [];
		const resolvers: (() => void)[] = [];
		const { sockets } = start({
			message: (_, data) => {
				seen.push(data);
				return new Promise<void>(resolve => resolvers.push(resolve));
			}
		});
		const client = await openSocket();
		client.send(Buffer.concat([frame(1, "a"), frame(1, "b"), closeFrame(1000)]));
		await settle();
		jest.advanceTimersByTime(900);
		expect([seen, client.take()]).toEqual([["a"], ""]);
		resolvers[0]?.();
		await settle();
		expect(seen).toEqual(["a", "b"]);
		client.accept(0);
		sockets[0]?.send("x".repeat(2000));
		resolvers[1]?.();
		await settle();
		expect(client.take()).toBe("");
		client.accept(10_000);
		expect(closeCodeIn(client.take())).toBe(1000);
	});
});
