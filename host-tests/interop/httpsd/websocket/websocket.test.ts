// The client of the npm package `ws`, over TLS.

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import WebSocket from "ws";
import { variants } from "../site";
import { closing, nextMessage, startWebSocketSite, type WebSocketSite } from "./site";

/** Not in the types: makes frames, of shapes that ws would not send too. */
const { Sender } = WebSocket as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } };

describe.each(variants)("ws against the desk host, %s", variant => {
	let site: WebSocketSite;
	const open = (...parameters: Parameters<WebSocketSite["open"]>) => site.open(...parameters);
	beforeAll(async () => {
		// A slow client is not left before it has sent its frame to the end and read the answer.
		const timeouts = { lingerTimeout: 600_000, maxLingerTimeout: 600_000, closeTimeout: 600_000 };
		site = await startWebSocketSite(variant, { ...timeouts, maxMessage: 200_000 });
	});
	afterAll(async () => {
		expect(await site.stop()).toEqual({ code: 0, signal: null });
	});

	test("Z8 the best subprotocol, no extension, other origins refused", async () => {
		const socket = await open("/ws", ["echo.v1", "echo.v2"], { origin: `https://localhost:${site.port}` });
		expect([socket.protocol, socket.extensions]).toEqual(["echo.v2", ""]);
		socket.close();
		await closing(socket);
		await expect(open("/ws", [], { origin: "https://evil.example" })).rejects.toThrow("403");
		await expect(open("/ws", [], { protocolVersion: 8 })).rejects.toThrow("426");
		await expect(open("/nowhere")).rejects.toThrow("404");
	});

	test.each([0, 1, 125, 126, 127, 4095, 4096, 65_535, 65_536, 200_000])("Z8 echo of %i bytes", async length => {
		const socket = await open("/ws");
		const content = Buffer.from(Array.from({ length }, (_, at) => (at * 7) & 255));
		const text = "aé€😀".repeat(length / 10);
		for (const data of [content, text]) {
			socket.send(data);
			expect(await nextMessage(socket)).toEqual(data);
		}
		const bytes = Buffer.from("aé€😀");
		for (const at of [0, 4, 8]) socket.send(bytes.subarray(at, at + 4), { binary: false, fin: at === 8 });
		expect(await nextMessage(socket)).toBe("aé€😀");
		socket.close(1000, "done");
		expect(await closing(socket)).toEqual([1000, ""]);
	});

	test("Z8 one byte too many, or more than maxFragments", async () => {
		const big = await open("/ws");
		big.send(Buffer.alloc(200_001));
		expect((await closing(big))[0]).toBe(1009);
		const many = await open("/ws");
		for (let count = 0; count < 300; count++) many.send("x", { fin: false });
		expect((await closing(many))[0]).toBe(1008);
	});

	test.each([
		["unmasked", 1002, { mask: false }],
		["with the first reserved bit", 1002, { rsv1: true }],
		["with opcode 3", 1002, { opcode: 3 }],
		["with opcode 11", 1002, { opcode: 11 }],
		["a continuation of nothing", 1002, { opcode: 0 }],
		["a fragment of a Ping", 1002, { opcode: 9, fin: false }]
	])("Z8 a frame of ws that is %s is %i", async (_, code, shape) => {
		const socket = await open("/ws");
		const options = { fin: true, rsv1: false, opcode: 1, mask: true, readOnly: false, ...shape };
		const { _socket } = socket as unknown as { _socket: NodeJS.WritableStream };
		for (const part of Sender.frame(Buffer.from("x"), options)) _socket.write(part);
		expect((await closing(socket))[0]).toBe(code);
	});

	test("Z8 pings of both sides are answered, with their data", async () => {
		const socket = await open("/do");
		socket.ping("from ws");
		expect(await new Promise(resolve => socket.once("pong", data => resolve(String(data))))).toBe("from ws");
		socket.send("ping hello");
		expect(await nextMessage(socket)).toBe("pong hello");
		socket.terminate();
	});

	test.each([1000, 1001, 1003, 1008, 1011, 1012, 1013, 3000, 4999])("Z8 closed by the server with %i", async code => {
		const socket = await open("/do");
		socket.send(`close ${code} for a reason`);
		expect(await closing(socket)).toEqual([code, "for a reason"]);
		await site.waitForLine(new RegExp(`ended \\d+ ${code} `));
	});

	test("Z8 NUL, pairs and lone surrogates are sent as valid UTF-8", async () => {
		const socket = await open("/do");
		socket.send("text 97,0,98,0");
		expect(await nextMessage(socket)).toBe("a\0b\0");
		socket.send(`text ${0xd83d},${0xde00},${0xd800},97,${0xdc00}`);
		expect(await nextMessage(socket)).toBe("😀\ufffda\ufffd");
		socket.send(Buffer.from("binary is not taken"));
		expect((await closing(socket))[0]).toBe(1003);
	});

	test("Z8 a handler that throws: 1011, and the error stays here", async () => {
		const socket = await open("/do");
		socket.send("throw");
		expect(await closing(socket)).toEqual([1011, ""]);
		await site.waitForLine(/error Error: internal words/);
	});

	test("Z2 a client that stalls delays neither a broadcast nor the others", async () => {
		const [stalled, red, blue] = await Promise.all([open("/room?red"), open("/room?red"), open("/room?blue")]);
		stalled.pause();
		for (let count = 0; count < 10; count++) {
			const sent = Buffer.alloc(30_000, count);
			blue.send(sent);
			const received = await Promise.all([nextMessage(red), nextMessage(blue)]);
			expect(received.map(data => sent.equals(data as Buffer))).toEqual([true, true]);
		}
		blue.send("to red");
		expect(await nextMessage(red)).toBe("to red");
		for (const socket of [stalled, red, blue]) socket.terminate();
	});
});
