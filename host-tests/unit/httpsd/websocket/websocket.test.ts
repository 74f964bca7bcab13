import { describe, expect, test } from "@jest/globals";
import type Server from "httpsd/server";
import type WebSocket from "httpsd/websocket";
import { settle } from "../fake-socket";
import { serve } from "../harness";
import { openSocket } from "./ws-client";
import { closeCodeIn, closeFrame, frame, serverFrames } from "./ws-frames";

const limits = { highWater: 1000, maxBacklog: 3000, coalesce: 100 };

function start(options: Parameters<Server["websocket"]>[1] = {}) {
	const server = serve(limits);
	const errors: unknown[] = [];
	server.on("error", ({ error }) => errors.push(error));
	const sockets: WebSocket[] = [];
	const endpoint = server.websocket("/ws", { open: socket => sockets.push(socket), ...options });
	return { server, endpoint, errors, sockets };
}

const contents = (received: string) => serverFrames(received).map(({ content }) => content);

describe("Z8 WebSocket", () => {
	test("sends text and binary, large ones without a copy behind the header", async () => {
		const { sockets } = start();
		const client = await openSocket();
		const [socket] = sockets;
		expect(socket?.send("é")).toBe(true);
		expect(socket?.send(Uint8Array.of(1, 2).subarray(1))).toBe(true);
		expect(socket?.send("x".repeat(200))).toBe(true);
		expect(client.chunks.map(chunk => chunk.length)).toEqual([4, 3, 4, 200]);
		expect(serverFrames(client.take()).map(({ opcode }) => opcode)).toEqual([1, 2, 1]);
	});

	test("close handshake begun here: code and reason go out, messages are no longer taken, the answer ends it", async () => {
		const seen: unknown[] = [];
		const { sockets, endpoint } = start({
			message: (_, data) => seen.push(data),
			close: (_, code, reason) => seen.push(code, reason)
		});
		const client = await openSocket();
		sockets[0]?.close(4000, "enough");
		sockets[0]?.close(4001);
		expect(sockets[0]?.send("late")).toBe(false);
		expect(contents(client.take())).toEqual(["\x0f\xa0enough"]);
		client.send(Buffer.concat([frame(1, "ignored"), frame(9, "ignored")]));
		expect([client.closed, seen]).toEqual([false, []]);
		client.send(closeFrame(4000));
		expect([client.closed, seen, client.take(), endpoint.clients.size]).toEqual([true, [4000, ""], "", 0]);
	});

	test.each<[string, number, string?]>([
		["1004", 1004],
		["1005", 1005],
		["1006", 1006],
		["1015", 1015],
		["999", 999],
		["5000", 5000],
		["a fraction", 1000.5],
		["a reason of 124 bytes", 1000, "é".repeat(62)]
	])("close refuses %s", async (...[, code, reason]) => {
		const { sockets } = start();
		await openSocket();
		expect(() => sockets[0]?.close(code, reason)).toThrow(RangeError);
		expect(sockets[0]?.isOpen).toBe(true);
	});

	test("a client that leaves is 1006; to send to it does nothing", async () => {
		const ends: unknown[] = [];
		const { sockets, endpoint } = start({ close: (_, code, reason) => ends.push(code, reason) });
		const client = await openSocket();
		client.leave();
		expect([ends, sockets[0]?.send("x"), endpoint.broadcast("x"), sockets[0]?.bufferedAmount]).toEqual([
			[1006, ""],
			false,
			0,
			0
		]);
		sockets[0]?.close();
		sockets[0]?.destroy();
	});

	test.each([
		[
			"throws",
			() => {
				throw new Error("internal words");
			}
		],
		["rejects", () => Promise.reject(new Error("internal words"))]
	])("a handler that %s closes with 1011 and is an error event", async (_, message) => {
		const { errors } = start({ message });
		const client = await openSocket();
		client.send(frame(1, "x"));
		await settle();
		const received = client.take();
		expect([closeCodeIn(received), String(errors)]).toEqual([1011, "Error: internal words"]);
		expect(received).not.toContain("words");
	});

	test("messages of a kind that is not accepted: 1003", async () => {
		const messages: unknown[] = [];
		start({ accepts: "text", message: (_, data) => messages.push(data) });
		const client = await openSocket();
		client.send(Buffer.concat([frame(1, "a"), frame(2, "b", { fin: false })]));
		expect([messages, closeCodeIn(client.take())]).toEqual([["a"], 1003]);
	});

	test("ping and pong reach their handlers, and carry at most 125 bytes", async () => {
		const seen: unknown[] = [];
		const tell = (name: string) => (_: WebSocket, data: ArrayBuffer) => seen.push(name, Buffer.from(data).toString());
		const { sockets } = start({ ping: tell("ping"), pong: tell("pong") });
		const client = await openSocket();
		sockets[0]?.ping(new Uint8Array(Buffer.from("hi")));
		expect(serverFrames(client.take())).toEqual([{ opcode: 9, content: "hi" }]);
		client.send(Buffer.concat([frame(10, "hi"), frame(9, "you")]));
		expect(seen).toEqual(["pong", "hi", "ping", "you"]);
		expect(() => sockets[0]?.ping(new Uint8Array(126))).toThrow(RangeError);
	});

	test("frames that came right behind the request are read after open", async () => {
		const seen: unknown[] = [];
		start({ open: () => seen.push("open"), message: (_, data) => seen.push(data) });
		const client = await openSocket();
		client.send(frame(1, "a"));
		expect(seen).toEqual(["open", "a"]);
	});
});
