// A WebSocket's client that leaves while a message is still handled, or before all that it sent was taken.

import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { type FakeClient, settle } from "../fake-socket";
import { serve } from "../harness";
import { openSocket } from "./ws-client";
import { closeFrame, frame, serverFrames } from "./ws-frames";

const limits = { pingInterval: 1000, pongTimeout: 500, maxAhead: 100 };

describe("WebSockets whose clients leave, over a fake listener", () => {
	let told: unknown[];
	let finish: (() => void)[];
	beforeEach(() => {
		jest.useFakeTimers();
		told = [];
		finish = [];
	});
	afterEach(() => void jest.useRealTimers());

	async function open(handles: boolean, more: object = {}): Promise<FakeClient> {
		const server = serve({ ...limits, ...more });
		server.websocket("/ws", {
			message: (_, data) => {
				told.push(data);
				return handles ? new Promise<void>(resolve => finish.push(resolve)) : undefined;
			},
			close: (_, code) => told.push(code)
		});
		return openSocket();
	}

	test("B11 one that left while a message is handled gives up its place at once, and its messages are delivered", async () => {
		const client = await open(true);
		for (const data of ["a", "b", "c"]) client.send(frame(1, data));
		client.leave();
		await settle();
		expect([client.closed, told]).toEqual([true, ["a"]]);
		for (const resolve of [0, 1]) {
			finish[resolve]?.();
			await settle();
		}
		expect(told).toEqual(["a", "b", "c"]);
		finish[2]?.();
		await settle();
		expect(told).toEqual(["a", "b", "c", 1006]);
	});

	test("messages are delivered for pongTimeout at most", async () => {
		const client = await open(true);
		client.send(Buffer.concat([frame(1, "a"), frame(1, "b")]));
		client.leave();
		await settle();
		jest.advanceTimersByTime(500);
		finish[0]?.();
		await settle();
		expect(told).toEqual(["a", 1006]);
	});

	test("a silent peer is sent a Ping and aborted while a message is handled, with more than maxAhead unread too", async () => {
		for (const n of [0, 200]) {
			told = [];
			const client = await open(true);
			client.send(frame(1, "a"));
			client.send(frame(2, "x".repeat(n)));
			jest.advanceTimersByTime(1000);
			expect(serverFrames(client.take())).toEqual([{ opcode: 9, content: "" }]);
			jest.advanceTimersByTime(500);
			expect([client.closed, told]).toEqual([true, ["a", 1006]]);
		}
	});

	test("Z12 a promise that is never resolved holds the place of a client for as many Pongs as fit in maxAhead", async () => {
		const client = await open(true);
		client.send(frame(1, "a"));
		let pongs = 0;
		for (; !client.closed && pongs < 100; pongs++) {
			jest.advanceTimersByTime(1000);
			client.send(frame(10));
		}
		// 16 Pongs of six bytes and most of another; then one is not read.
		expect(pongs).toBe(18);
		expect(told).toEqual(["a", 1006]);
	});

	test("its Pong is seen while a message is handled", async () => {
		const client = await open(true);
		client.send(frame(1, "a"));
		jest.advanceTimersByTime(1000);
		client.send(frame(10));
		jest.advanceTimersByTime(900);
		expect(client.closed).toBe(false);
	});

	test("100 messages and a Close that came before the end are delivered though the turn was over", async () => {
		const client = await open(false, { maxAhead: 4096 });
		client.send(Buffer.concat([...Array.from({ length: 100 }, () => frame(1, "a")), closeFrame(1000)]));
		client.leave();
		await settle();
		expect(told).toEqual([...Array(100).fill("a"), 1000]);
	});

	test("after destroy() nothing more is delivered", async () => {
		const server = serve();
		server.websocket("/ws", {
			message: (socket, data) => {
				told.push(data);
				socket.destroy();
			},
			close: (_, code) => told.push(code)
		});
		(await openSocket()).send(Buffer.concat([frame(1, "a"), frame(1, "b")]));
		await settle();
		expect(told).toEqual(["a", 1006]);
	});
});
